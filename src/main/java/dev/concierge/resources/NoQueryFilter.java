package dev.concierge.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Refuses query parameters where an operation reads none. Who sends one means something by it: a
 * {@code POST /calls?dry_run=true} must not make a phone ring.
 */
final class NoQueryFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    new Fields<>(request.getUriInfo().getQueryParameters()).requireValid(Problem::invalidQuery);
  }

  /** Puts the filter before the operations of this API; what others send to Twilio's is theirs. */
  static final class Binding implements DynamicFeature {

    private static final NoQueryFilter FILTER = new NoQueryFilter();

    @Override
    public void configure(ResourceInfo operation, FeatureContext context) {
      boolean ours = operation.getResourceClass().getPackage() == getClass().getPackage();
      if (ours && !operation.getResourceMethod().isAnnotationPresent(ReadsQuery.class)) {
        context.register(FILTER);
      }
    }
  }
}
