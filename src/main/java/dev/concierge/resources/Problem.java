package dev.concierge.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it. Its type is {@code about:blank}: the status says what kind
 * of problem it is.
 *
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what happened, and what to do about it
 * @param instance the name under which the log has the story, of a fault of ours
 * @param errors every field at fault
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
    String title, int status, String detail, @Nullable String instance, List<FieldError> errors) {

  static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  /** When to ask again, where a problem is likely to pass. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  Problem {
    errors = List.copyOf(errors);
  }

  static Problem of(Response.StatusType status, String detail) {
    return new Problem(status.getReasonPhrase(), status.getStatusCode(), detail, null, List.of());
  }

  /** For a body that is JSON and cannot be used; JAX-RS has no name for this status. */
  static Problem invalidBody(List<FieldError> errors) {
    return new Problem(
        "Unprocessable Content", 422, "Some fields of the body cannot be used.", null, errors);
  }

  static Problem invalidQuery(List<FieldError> errors) {
    Response.Status status = Response.Status.BAD_REQUEST;
    return new Problem(
        status.getReasonPhrase(),
        status.getStatusCode(),
        "Some query parameters cannot be used.",
        null,
        errors);
  }

  /** A fault of ours. */
  static Problem fault(String instance) {
    Response.Status status = Response.Status.INTERNAL_SERVER_ERROR;
    return new Problem(
        status.getReasonPhrase(),
        status.getStatusCode(),
        "This is a fault of the service. Its log has the story under the name of this instance.",
        instance,
        List.of());
  }

  Response toResponse() {
    return on(Response.status(status));
  }

  /** The answer that also says when to ask again. */
  Response toResponseToRetry() {
    return on(Response.status(status).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds()));
  }

  /** Makes this problem the body of an answer. */
  Response on(Response.ResponseBuilder answer) {
    return answer.type(MEDIA_TYPE).entity(this).build();
  }
}
