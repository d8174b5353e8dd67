package dev.concierge.sandbox.carrier;

/** A TwiML document that cannot be carried out. The message says what is wrong and where. */
final class TwimlException extends Exception {

  private static final long serialVersionUID = 1;

  /** Twilio's "Document parse failure". */
  static final int DOCUMENT_PARSE_FAILURE = 12100;

  /** Twilio's "Schema validation". */
  static final int SCHEMA_VALIDATION = 12200;

  private final int code;

  /**
   * @param code Twilio's number of the error
   */
  TwimlException(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}
