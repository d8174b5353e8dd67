package dev.concierge.resources;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Makes problems of what JAX-RS itself refuses: unknown paths, methods and media types. */
final class HttpProblem implements ExceptionMapper<WebApplicationException> {

  @Override
  public Response toResponse(WebApplicationException exception) {
    Response refusal = exception.getResponse();
    if (refusal.getStatus() == Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
      return UnexpectedProblem.report(exception);
    }
    if (refusal.hasEntity() || refusal.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
      return refusal;
    }
    return Problem.of(refusal.getStatusInfo(), detail(refusal)).on(Response.fromResponse(refusal));
  }

  private static String detail(Response refusal) {
    return switch (refusal.getStatus()) {
      case 404 -> "There is nothing under this path.";
      case 405 ->
          "This path does not take that method; it takes "
              + refusal.getHeaderString(HttpHeaders.ALLOW)
              + ".";
      case 406 -> "There is no answer of a type that the Accept header allows.";
      case 415 -> "The body must be JSON, with the header Content-Type: application/json.";
      case 503 -> "The request cannot be served at the moment; ask again.";
      default -> "The request cannot be understood.";
    };
  }
}
