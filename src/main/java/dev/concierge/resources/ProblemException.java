package dev.concierge.resources;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Ends a request with a problem. */
final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  private ProblemException(Response response) {
    super(response);
  }

  static ProblemException of(Problem problem) {
    return new ProblemException(problem.toResponse());
  }

  /** For a problem that is likely to pass: the answer says when to ask again. */
  static ProblemException passing(Problem problem) {
    return new ProblemException(problem.toResponseToRetry());
  }
}
