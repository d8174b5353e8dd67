package dev.concierge.twilio;

import com.twilio.security.RequestValidator;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody open a media stream but Twilio, which signs the address of the stream as it stands in
 * our TwiML. Others get 403, before there is a socket.
 */
final class StreamSignatureFilter implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(StreamSignatureFilter.class);

  private final String signedUrl;
  private final RequestValidator validator;

  StreamSignatureFilter(PublicUrl publicUrl, TwilioAccount account) {
    this.signedUrl = publicUrl.mediaStream().toString();
    this.validator = new RequestValidator(account.authToken());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> signatures =
        Collections.list(((HttpServletRequest) request).getHeaders(TwilioSignatureFilter.HEADER));
    // Load tools add the right one to a placeholder of their own. One right one is proof enough.
    if (signatures.stream().anyMatch(it -> validator.validate(signedUrl, Map.of(), it))) {
      chain.doFilter(request, response);
      return;
    }
    LOG.warn("refused a media stream with {} signature", signatures.isEmpty() ? "no" : "a wrong");
    ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain");
    response.getWriter().println("the " + TwilioSignatureFilter.HEADER + " is missing or wrong");
  }
}
