package dev.concierge.twilio;

import dev.concierge.bridge.Conversations;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens no media stream when the service shuts down: 503, upon which a load balancer may ask
 * another instance, which can take any call.
 */
final class ClosingFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(ClosingFilter.class);

  private final Conversations conversations;

  ClosingFilter(Conversations conversations) {
    this.conversations = conversations;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!conversations.isClosing()) {
      chain.doFilter(request, response);
      return;
    }
    LOG.warn("refused a media stream: the service is shutting down");
    ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("text/plain");
    response.getWriter().println("the service is shutting down");
  }
}
