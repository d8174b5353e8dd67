package dev.concierge.twilio;

import com.twilio.security.RequestValidator;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only those webhooks through that Twilio signed for our configured public address, whatever
 * the request says its host is. Others get 403, and nothing changes.
 */
@TwilioSigned
public final class TwilioSignatureFilter implements ContainerRequestFilter {

  static final String HEADER = "X-Twilio-Signature";

  private static final Logger LOG = LoggerFactory.getLogger(TwilioSignatureFilter.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final PublicUrl publicUrl;
  private final RequestValidator validator;

  public TwilioSignatureFilter(PublicUrl publicUrl, TwilioAccount account) {
    this.publicUrl = publicUrl;
    this.validator = new RequestValidator(account.authToken());
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    byte[] body = request.getEntityStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new WebApplicationException(
          "the body is larger than 64 KiB", Status.REQUEST_ENTITY_TOO_LARGE);
    }
    request.setEntityStream(new ByteArrayInputStream(body));
    var form = WebhookForm.parse(new String(body, StandardCharsets.UTF_8));
    String signature = request.getHeaderString(HEADER);
    if (!validator.validate(addressOf(request), form.fields(), signature)) {
      LOG.warn("refused a webhook with {} signature", signature == null ? "no" : "a wrong");
      throw new ForbiddenException("the " + HEADER + " is missing or wrong");
    }
  }

  private String addressOf(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath(false);
    return publicUrl
        .at(
            path.startsWith("/") ? path : "/" + path,
            request.getUriInfo().getRequestUri().getRawQuery())
        .toString();
  }
}
