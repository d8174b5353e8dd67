package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.WireWatch.Moment;
import java.util.Set;

/**
 * Tells a {@link WireWatch} of one session, once its instructions say which call it is.
 *
 * <p>Called under the session's lock.
 */
final class SessionWatch {

  private static final int BASE64_GROUP = 4;
  private static final int GROUP_BYTES = 3;

  private final WireWatch watch;
  private String restaurant = "";

  SessionWatch(WireWatch watch) {
    this.watch = watch;
  }

  void instructed(String instructions) {
    String named = Briefing.read(instructions, Set.of()).restaurant();
    restaurant = named == null ? "" : named;
  }

  /** Which call it is; empty until the instructions say it. */
  String restaurant() {
    return restaurant;
  }

  void received(byte[] audio) {
    watch.on(restaurant, Moment.MODEL_RECEIVED, audio.length);
  }

  void sends(ObjectNode event) {
    switch (event.get("type").textValue()) {
      case "response.output_audio.delta" ->
          watch.on(restaurant, Moment.MODEL_SENT, decodedLength(event.get("delta").textValue()));
      case "input_audio_buffer.speech_started" -> watch.on(restaurant, Moment.SPEECH_STARTED, 0);
      default -> {
        // Of no interest.
      }
    }
  }

  private static int decodedLength(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / BASE64_GROUP * GROUP_BYTES - padding;
  }
}
