package dev.concierge.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.audio.MuLaw;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the sandbox's model that knows nothing of it but the protocol. */
final class RealtimeClient implements WebSocket.Listener, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  RealtimeClient(URI uri, String... headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket = builder.buildAsync(uri, this).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      events.add(json(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  /** Sends an event, written with single quotes. */
  void send(String event) {
    socket.sendText(event.replace('\'', '"'), true).join();
  }

  /** Sends audio as the line would bring it, and two seconds of silence after it. */
  void say(byte[] wireAudio, byte silence, int bytesPerMs) {
    byte[] withSilence = Arrays.copyOf(wireAudio, wireAudio.length + 2_000 * bytesPerMs);
    Arrays.fill(withSilence, wireAudio.length, withSilence.length, silence);
    append(withSilence);
  }

  void say(byte[] mulaw) {
    say(mulaw, MuLaw.SILENCE, MuLaw.BYTES_PER_MS);
  }

  void append(byte[] audio) {
    for (int at = 0; at < audio.length; at += 400) {
      byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 400));
      send(
          "{'type':'input_audio_buffer.append','audio':'%s'}"
              .formatted(Base64.getEncoder().encodeToString(piece)));
    }
  }

  /** Waits for an event; all that come before it are dropped. */
  JsonNode await(String type) {
    List<JsonNode> seen = awaitAll(type);
    return seen.get(seen.size() - 1);
  }

  /** All events up to and with the next of that type. */
  List<JsonNode> awaitAll(String type) {
    List<JsonNode> seen = new ArrayList<>();
    try {
      do {
        JsonNode event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("%s, after %s", type, types(seen)).isNotNull();
        seen.add(event);
      } while (!seen.get(seen.size() - 1).get("type").textValue().equals(type));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return seen;
  }

  /** Code and reason. */
  String awaitClose() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.get("type").textValue()).toList();
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
