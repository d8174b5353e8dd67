package dev.concierge.sandbox.carrier;

/** A request that is answered with one of Twilio's errors. The message says what is wrong. */
final class RestException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final int code;

  /**
   * @param status of the HTTP answer
   * @param code Twilio's number of the error
   */
  RestException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RestException badRequest(int code, String message) {
    return new RestException(400, code, message);
  }

  static RestException notFound(String path) {
    return new RestException(404, 20404, "The requested resource " + path + " was not found");
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
