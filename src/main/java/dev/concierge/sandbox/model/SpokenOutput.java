package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.audio.MuLaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A line being spoken. The audio comes several times faster than it plays, in pieces that respect
 * neither frames nor sentences; the words run ahead of it.
 */
final class SpokenOutput extends OutputItem {

  private static final Duration THINKING = Duration.ofMillis(300);
  private static final int TIMES_REAL_TIME = 6;

  /** Between 100 and 400 ms each, none of them whole frames. */
  private static final int[] PIECES = {811, 1_999, 3_173, 2_441};

  private final String line;
  private final byte[] mulaw;
  private final AudioFormat format;
  private final Conversation conversation;
  private int spoken;
  private int told;

  SpokenOutput(
      Wire wire,
      String responseId,
      int outputIndex,
      String line,
      byte[] mulaw,
      AudioFormat format,
      Conversation conversation) {
    super(wire, responseId, outputIndex, Item.spoken());
    this.line = line;
    this.mulaw = mulaw;
    this.format = format;
    this.conversation = conversation;
  }

  @Override
  Duration thinking() {
    return THINKING;
  }

  @Override
  void begin() {
    sendPart("response.content_part.added", "");
  }

  @Override
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    for (int i = 0; at < mulaw.length; i++) {
      int end = Math.min(mulaw.length, at + PIECES[i % PIECES.length]);
      Duration after = Duration.ofMillis(MuLaw.msOf(end - at) / TIMES_REAL_TIME);
      steps.add(new Step(after, () -> speakUpTo(end)));
      at = end;
    }
    return steps;
  }

  private void speakUpTo(int end) {
    tellWordsUpTo((int) Math.min(line.length(), 2L * line.length() * end / mulaw.length));
    byte[] piece = format.fromMulaw(Arrays.copyOfRange(mulaw, spoken, end));
    spoken = end;
    conversation.markSpoken();
    item().say(line.substring(0, told), MuLaw.msOf(spoken));
    send(
        content("response.output_audio.delta")
            .put("delta", Base64.getEncoder().encodeToString(piece)));
  }

  private void tellWordsUpTo(int length) {
    if (length > told) {
      String words = line.substring(told, length);
      told = length;
      send(content("response.output_audio_transcript.delta").put("delta", words));
    }
  }

  @Override
  void end() {
    String transcript = line.substring(0, told);
    send(content("response.output_audio.done"));
    send(content("response.output_audio_transcript.done").put("transcript", transcript));
    sendPart("response.content_part.done", transcript);
  }

  private ObjectNode content(String type) {
    return event(type).put("content_index", 0);
  }

  private void sendPart(String type, String transcript) {
    ObjectNode event = content(type);
    event.putObject("part").put("type", "audio").put("transcript", transcript);
    send(event);
  }
}
