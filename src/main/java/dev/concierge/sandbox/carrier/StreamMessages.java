package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.audio.MuLaw;
import java.util.Base64;
import java.util.Map;

/**
 * Writes the messages of one Media Stream. Numbers go as strings, as Twilio's do.
 *
 * <p>Not thread-safe: one stream owns it.
 */
final class StreamMessages {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int FRAME_MS = (int) MuLaw.msOf(MuLaw.FRAME_BYTES);

  private final String accountSid;
  private final String callSid;
  private final String streamSid;
  private int sequenceNumber;
  private int chunk;

  StreamMessages(String accountSid, String callSid, String streamSid) {
    this.accountSid = accountSid;
    this.callSid = callSid;
    this.streamSid = streamSid;
  }

  String connected() {
    return MAPPER
        .createObjectNode()
        .put("event", "connected")
        .put("protocol", "Call")
        .put("version", "1.0.0")
        .toString();
  }

  String start(Map<String, String> customParameters) {
    ObjectNode message = message("start");
    ObjectNode start = message.putObject("start");
    start.put("accountSid", accountSid).put("streamSid", streamSid).put("callSid", callSid);
    start.putArray("tracks").add("inbound");
    start
        .putObject("mediaFormat")
        .put("encoding", "audio/x-mulaw")
        .put("sampleRate", MuLaw.BYTES_PER_SECOND)
        .put("channels", 1);
    ObjectNode custom = start.putObject("customParameters");
    customParameters.forEach(custom::put);
    return message.toString();
  }

  /** The next 20 ms of the callee. */
  String media(byte[] frame) {
    ObjectNode message = message("media");
    message
        .putObject("media")
        .put("track", "inbound")
        .put("chunk", Integer.toString(chunk + 1))
        .put("timestamp", Integer.toString(chunk * FRAME_MS))
        .put("payload", Base64.getEncoder().encodeToString(frame));
    chunk++;
    return message.toString();
  }

  String dtmf(String digit) {
    ObjectNode message = message("dtmf");
    message.putObject("dtmf").put("track", "inbound_track").put("digit", digit);
    return message.toString();
  }

  String mark(String name) {
    ObjectNode message = message("mark");
    message.putObject("mark").put("name", name);
    return message.toString();
  }

  String stop() {
    ObjectNode message = message("stop");
    message.putObject("stop").put("accountSid", accountSid).put("callSid", callSid);
    return message.toString();
  }

  private ObjectNode message(String event) {
    sequenceNumber++;
    return MAPPER
        .createObjectNode()
        .put("event", event)
        .put("sequenceNumber", Integer.toString(sequenceNumber))
        .put("streamSid", streamSid);
  }
}
