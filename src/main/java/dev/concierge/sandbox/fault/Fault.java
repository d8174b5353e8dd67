package dev.concierge.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong on a wire, from a message on that the sandbox is about to send.
 *
 * @param message the type of the messages that are hit, in the vendor's word, such as {@code media}
 *     or {@code response.output_audio.delta}; {@code null} for all
 * @param skip how many of them pass unharmed before
 * @param times how many of them are hit; 0 for all that follow
 * @param effect what befalls them
 */
public record Fault(
    Wire wire, @Nullable String message, int skip, int times, @JsonProperty("do") Effect effect) {

  /** The two sockets between the service and the sandbox. */
  public enum Wire {
    /** The Media Stream, which the sandbox opens. */
    @JsonProperty("twilio")
    TWILIO,
    /** The Realtime session, which the service opens. */
    @JsonProperty("model")
    MODEL
  }

  public Fault {
    require(wire, "wire");
    require(effect, "do");
    if (skip < 0 || times < 0) {
      throw new IllegalArgumentException("skip and times are not below zero");
    }
    if (effect.isAtUpgrade() && wire == Wire.TWILIO) {
      throw new IllegalArgumentException("do: the Media Stream is not refused by Twilio's side");
    }
  }

  private static void require(@Nullable Object value, String key) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  boolean isAbout(String type) {
    return message == null || message.equals(type);
  }
}
