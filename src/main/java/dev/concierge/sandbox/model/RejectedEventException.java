package dev.concierge.sandbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A client event was refused. The session goes on; the client is sent an {@code error} event with
 * these words.
 */
final class RejectedEventException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;
  private final @Nullable String param;

  /**
   * @param code the vendor's code, such as {@code unknown_parameter}
   * @param param the path of the field at fault, such as {@code session.audio.input.foo}
   */
  RejectedEventException(String code, @Nullable String param, String message) {
    super(message, null, false, false);
    this.code = code;
    this.param = param;
  }

  String code() {
    return code;
  }

  @Nullable String param() {
    return param;
  }
}
