package dev.concierge.resources;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.BooleanSupplier;

/** Takes no new calls when the service shuts down; all else goes on. */
@NewCalls
public final class DrainFilter implements ContainerRequestFilter {

  private final BooleanSupplier closing;

  public DrainFilter(BooleanSupplier closing) {
    this.closing = closing;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (closing.getAsBoolean()) {
      request.abortWith(
          Problem.of(
                  Status.SERVICE_UNAVAILABLE,
                  "The service is shutting down, and the call was not placed. Ask again: another"
                      + " instance, or this one when it is back.")
              .toResponseToRetry());
    }
  }
}
