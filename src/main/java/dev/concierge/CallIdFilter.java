package dev.concierge;

import dev.concierge.call.CallId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.MDC;

/** Has each line of the log that a request brings about name the call that is in its path. */
final class CallIdFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<CallId> call =
        Arrays.stream(request.getRequestURI().split("/"))
            .flatMap(part -> CallId.parse(part).stream())
            .findFirst();
    if (call.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    try (var id = MDC.putCloseable(CallId.LOG_KEY, call.get().value())) {
      chain.doFilter(request, response);
    }
  }
}
