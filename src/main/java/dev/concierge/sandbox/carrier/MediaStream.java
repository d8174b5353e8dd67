package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.WireWatch.Moment;
import dev.concierge.sandbox.carrier.StreamCommand.MalformedException;
import dev.concierge.sandbox.carrier.Twiml.StreamNoun;
import dev.concierge.sandbox.fault.Fault;
import dev.concierge.sandbox.fault.FaultyWire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bidirectional Media Stream: Twilio's side of the socket.
 *
 * <p>Thread-safe: the thread that keeps the calls' time exchanges frames, the HTTP client's threads
 * bring what the other side sends.
 */
final class MediaStream implements RunningVerb, WebSocket.Listener, FaultyWire.Line {

  /** The event of a stream whose socket is open. */
  static final String STARTED = "stream-started";

  private static final Logger LOG = LoggerFactory.getLogger(MediaStream.class);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int CLOSE_SECONDS = 2;
  private static final int POLICY_VIOLATION = 1008;

  /** Far more than anybody sends; a message without end must not fill the memory. */
  private static final int MAX_MESSAGE_CHARS = 4 << 20;

  private final StreamNoun noun;
  private final String streamSid = Sid.stream();
  private final StreamMessages messages;
  private final StreamListener listener;
  private final WireWatch watch;
  private final Playout playout = new Playout();
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final FaultyWire faulty = new FaultyWire(this);
  private final SandboxTime time;
  private @Nullable SocketSender socket;
  private boolean stalled;
  private boolean over;

  /**
   * @param faults what befalls what is sent
   */
  MediaStream(
      StreamNoun noun,
      String accountSid,
      String callSid,
      List<Fault> faults,
      SandboxTime time,
      WireWatch watch,
      StreamListener listener) {
    this.noun = noun;
    this.time = time;
    this.messages = new StreamMessages(accountSid, callSid, streamSid);
    this.listener = listener;
    faulty.add(faults);
    this.watch = watch;
  }

  /** Takes what becomes of a stream, to be passed on to the customer. Must not block. */
  interface StreamListener {

    /**
     * The stream did something.
     *
     * @param event {@link #STARTED}, {@code stream-stopped} or {@code stream-error}
     */
    void onStreamEvent(String streamSid, String event, @Nullable String error);
  }

  /** Begins to connect; the callee hears silence until the socket is open. */
  void open(HttpClient http, TwilioSignature signature) {
    noun.refusal()
        .ifPresentOrElse(refusal -> fail("31920 " + refusal), () -> connect(http, signature));
  }

  /** Done when its socket is closed, or none came about. */
  CompletableFuture<Void> closed() {
    return closed;
  }

  private void connect(HttpClient http, TwilioSignature signature) {
    http.newWebSocketBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .header(TwilioSignature.HEADER, signature.sign(noun.url(), Map.of()))
        .buildAsync(URI.create(noun.url()), this)
        .exceptionally(
            failure -> {
              fail(handshakeError(failure));
              return null;
            });
  }

  private static String handshakeError(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof WebSocketHandshakeException refused
        ? "31920 the upgrade was answered with " + refused.getResponse().statusCode()
        : "31901 no answer to the connection: " + cause;
  }

  @Override
  public synchronized byte @Nullable [] exchange(byte[] fromCallee) {
    if (over) {
      return null;
    }
    if (socket == null) {
      return Playback.silentFrame();
    }
    saw(Moment.CALLEE_SENT, fromCallee.length);
    faulty.send("media", messages.media(fromCallee));
    return playout.play(this::returnMark);
  }

  @Override
  public synchronized boolean isConnecting() {
    return socket == null && !over;
  }

  @Override
  public synchronized void press(String digit) {
    if (socket != null && !over) {
      faulty.send("dtmf", messages.dtmf(digit));
    }
  }

  @Override
  public synchronized void close() {
    if (over) {
      return;
    }
    if (socket != null) {
      faulty.send("stop", messages.stop());
    }
    end(WebSocket.NORMAL_CLOSURE, "stream-stopped", null);
  }

  @Override
  public synchronized void onOpen(WebSocket webSocket) {
    if (over) {
      webSocket.abort();
      return;
    }
    socket = new SocketSender(webSocket);
    saw(Moment.STREAM_OPENED, 0);
    tell(STARTED, null);
    faulty.send("connected", messages.connected());
    faulty.send("start", messages.start(noun.parameters()));
    readOn(webSocket);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (partial.length() > MAX_MESSAGE_CHARS) {
      fail("31924 protocol error: a message without end");
    } else if (last) {
      String message = partial.toString();
      partial.setLength(0);
      receive(message);
    }
    readOn(webSocket);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onBinary(
      WebSocket webSocket, ByteBuffer data, boolean last) {
    fail("31924 protocol error: a binary message");
    readOn(webSocket);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onClose(
      WebSocket webSocket, int statusCode, String reason) {
    closed.complete(null);
    if (!over) {
      end(WebSocket.NORMAL_CLOSURE, "stream-stopped", null);
    }
    return null;
  }

  @Override
  public synchronized void onError(WebSocket webSocket, Throwable error) {
    closed.complete(null);
    fail("31921 the socket broke: " + error);
  }

  private void readOn(WebSocket webSocket) {
    if (!stalled) {
      webSocket.request(1);
    }
  }

  @Override
  public void stall(Duration length) {
    SocketSender open = socket;
    if (!stalled && open != null) {
      stalled = true;
      after(
          length,
          () -> {
            stalled = false;
            open.readOn();
          });
    }
  }

  @Override
  public void cut() {
    if (socket != null) {
      socket.abort();
      closed.complete(null);
      fail("31921 the connection broke");
    }
  }

  @Override
  public void halfClose() {
    if (socket != null) {
      socket.close(WebSocket.NORMAL_CLOSURE, "");
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    CompletableFuture.delayedExecutor(time.real(delay).toNanos(), TimeUnit.NANOSECONDS)
        .execute(() -> underLock(task));
  }

  private synchronized void underLock(Runnable task) {
    task.run();
  }

  private void receive(String message) {
    if (over) {
      return;
    }
    try {
      obey(StreamCommand.parse(message, streamSid));
    } catch (MalformedException e) {
      fail("31924 protocol error: " + e.getMessage());
    }
  }

  private void obey(StreamCommand command) {
    if (command instanceof StreamCommand.Media media) {
      saw(Moment.CALLEE_RECEIVED, media.audio().length);
      if (!playout.add(media.audio())) {
        LOG.warn("31931 {}: ten minutes are buffered; the audio was discarded", streamSid);
      }
    } else if (command instanceof StreamCommand.Mark mark) {
      playout.mark(mark.name(), this::returnMark);
    } else {
      saw(Moment.CLEARED, 0);
      playout.clear(this::returnMark);
    }
  }

  private void returnMark(String name) {
    faulty.send("mark", messages.mark(name));
  }

  @Override
  public void send(String message) {
    if (socket != null && !over && !socket.send(message)) {
      socket.abort();
      fail("31921 the server stopped reading");
    }
  }

  private synchronized void fail(String error) {
    if (!over) {
      end(POLICY_VIOLATION, "stream-error", error);
    }
  }

  private void end(int closeCode, String event, @Nullable String error) {
    over = true;
    saw(Moment.STREAM_CLOSED, 0);
    SocketSender open = socket;
    if (open == null) {
      closed.complete(null);
    } else {
      open.close(closeCode, error == null ? "" : "protocol error");
      closed.orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).exceptionally(late -> abort(open));
    }
    tell(event, error);
  }

  private static @Nullable Void abort(SocketSender socket) {
    socket.abort();
    return null;
  }

  private void saw(Moment moment, int bytes) {
    watch.on(noun.restaurant(), moment, bytes);
  }

  private void tell(String event, @Nullable String error) {
    listener.onStreamEvent(streamSid, event, error);
  }
}
