package dev.concierge.twilio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.Brief;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Twilio's end of one media stream. */
final class TwilioSocket implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final StringBuilder parts = new StringBuilder();
  private final WebSocket socket;

  private TwilioSocket(int port, String signature) {
    var builder = HTTP.newWebSocketBuilder();
    if (signature != null) {
      builder.header("X-Twilio-Signature", signature);
    }
    URI uri = URI.create("ws://localhost:" + port + "/media-stream");
    socket = builder.buildAsync(uri, this).join();
  }

  static TwilioSocket signed(int port) {
    return new TwilioSocket(port, signature());
  }

  static TwilioSocket withSignature(int port, String signature) {
    return new TwilioSocket(port, signature);
  }

  static String signature() {
    String url = TwilioSide.PUBLIC_URL.mediaStream().toString();
    return TwilioSigner.sign(TwilioSide.TOKEN, url, Map.of());
  }

  TwilioSocket connected() {
    return text("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
  }

  TwilioSocket start(String streamSid, String callSid, Map<String, String> parameters) {
    return start(streamSid, callSid, parameters, "audio/x-mulaw", 8000, 1);
  }

  TwilioSocket start(
      String streamSid,
      String callSid,
      Map<String, String> parameters,
      String encoding,
      int sampleRate,
      int channels) {
    var format = Map.of("encoding", encoding, "sampleRate", sampleRate, "channels", channels);
    return send(
        "start",
        streamSid,
        Map.of(
            "streamSid", streamSid,
            "accountSid", "AC1",
            "callSid", callSid,
            "tracks", List.of("inbound"),
            "mediaFormat", format,
            "customParameters", parameters));
  }

  /** As after an ordinary connection: {@code connected}, then {@code start}. */
  TwilioSocket started(String streamSid, String callSid, StreamParameters secret, Brief brief) {
    return connected().start(streamSid, callSid, secret.sign(brief));
  }

  TwilioSocket media(String streamSid, long timestampMs, byte[] audio) {
    return media(streamSid, "inbound", timestampMs, audio);
  }

  TwilioSocket media(String streamSid, String track, long timestampMs, byte[] audio) {
    return send(
        "media",
        streamSid,
        Map.of(
            "track",
            track,
            "chunk",
            "1",
            "timestamp",
            Long.toString(timestampMs),
            "payload",
            Base64.getEncoder().encodeToString(audio)));
  }

  TwilioSocket send(String event, String streamSid, Map<String, ?> body) {
    Map<String, Object> message = new HashMap<>();
    message.put("event", event);
    message.put("sequenceNumber", "2");
    message.put("streamSid", streamSid);
    message.put(event, body);
    return text(JSON.valueToTree(message).toString());
  }

  TwilioSocket text(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Whether the socket still took it. */
  boolean takes(String text) {
    try {
      text(text);
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  TwilioSocket textPart(String part, boolean last) {
    socket.sendText(part, last).join();
    return this;
  }

  TwilioSocket binary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    return this;
  }

  List<String> received() {
    return received;
  }

  /** The code with which the other side closed; completed once it has. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  /** Goes without a word. */
  void vanish() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    parts.append(data);
    if (last) {
      received.add(parts.toString());
      parts.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }
}
