package dev.concierge.realtime;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.bridge.SendWindow;
import dev.concierge.call.EndedReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with the model: sets it up when the service has created it, then carries the
 * conversation's events both ways until either side ends it.
 *
 * <p>What the conversation gives before {@link ModelEvent.Ready} is dropped. The {@link ModelLeg}
 * methods are called one at a time, from any thread; the socket's own callbacks come one at a time
 * from its threads; {@link #lose} may be called by anyone.
 */
final class RealtimeSession implements ModelLeg {

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

  /** More than 20 seconds of audio as it is sent: whoever is that late will not catch up. */
  private static final long SEND_LIMIT_BYTES = 256 * 1024;

  private enum State {
    OPENING,
    SETTING_UP,
    READY,
    OVER
  }

  private final AgentProfile profile;
  private final SessionSettings settings;
  private final EventStream events;
  private final ClientEvents clientEvents = new ClientEvents();
  private final SendWindow window = new SendWindow(SEND_LIMIT_BYTES);
  private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
  private volatile @Nullable Session socket;

  RealtimeSession(AgentProfile profile, SessionSettings settings, Consumer<ModelEvent> events) {
    this.profile = profile;
    this.settings = settings;
    this.events = new EventStream(events);
  }

  /** The socket is open. It is closed at once if the session was ended meanwhile. */
  void opened(Session opened) {
    socket = opened;
    if (isOver()) {
      closeSocket();
    }
  }

  /** A message came. */
  void received(String text) {
    ServerEvent event = ServerEvents.read(text);
    if (event instanceof ServerEvent.SessionCreated) {
      setUp();
    } else if (event instanceof ServerEvent.SessionUpdated updated) {
      check(updated);
    } else if (event instanceof ServerEvent.Fault fault) {
      tell(fault);
    } else if (event instanceof ServerEvent.ForConversation other && isReady()) {
      events.emit(other.event());
    }
  }

  private void setUp() {
    if (state.compareAndSet(State.OPENING, State.SETTING_UP)) {
      send(clientEvents.sessionUpdate(profile, settings));
    }
  }

  private void check(ServerEvent.SessionUpdated updated) {
    if (state.get() != State.SETTING_UP) {
      return;
    }
    if (!updated.isMulawBothWays()) {
      lose(EndedReason.MODEL_MISCONFIGURED, "the service did not take μ-law: " + updated);
    } else if (state.compareAndSet(State.SETTING_UP, State.READY)) {
      events.emit(new ModelEvent.Ready());
    }
  }

  private void tell(ServerEvent.Fault fault) {
    if (fault.isSessionExpired()) {
      lose(EndedReason.MODEL_LOST, fault.code() + ": " + fault.words());
    } else if (isReady()) {
      events.emit(new ModelEvent.Faulted(fault.code(), fault.words()));
    } else {
      lose(fault.reasonAtSetUp(), fault.code() + ": " + fault.words());
    }
  }

  /** The socket is gone, for a reason it gave. */
  void disconnected(String detail) {
    lose(isReady() ? EndedReason.MODEL_LOST : EndedReason.MODEL_UNREACHABLE, detail);
  }

  /** Ends the session and says so, unless it is over already. */
  void lose(EndedReason reason, String detail) {
    if (state.getAndSet(State.OVER) != State.OVER) {
      events.emit(new ModelEvent.Lost(reason, detail));
      closeSocket();
    }
  }

  boolean isReady() {
    return state.get() == State.READY;
  }

  boolean isOver() {
    return state.get() == State.OVER;
  }

  @Override
  public void append(byte[] mulaw) {
    if (isReady()) {
      send(clientEvents.append(mulaw));
    }
  }

  @Override
  public void createResponse(@Nullable String instructions) {
    if (isReady()) {
      send(clientEvents.createResponse(instructions));
    }
  }

  @Override
  public void cancelResponse() {
    if (isReady()) {
      send(clientEvents.cancelResponse());
    }
  }

  @Override
  public void truncate(String itemId, long heardMs) {
    if (isReady()) {
      send(clientEvents.truncate(itemId, heardMs));
    }
  }

  @Override
  public void answerTool(String toolCallId, String outputJson) {
    if (isReady()) {
      send(clientEvents.functionCallOutput(toolCallId, outputJson));
    }
  }

  @Override
  public void close() {
    events.stop();
    if (state.getAndSet(State.OVER) != State.OVER) {
      closeSocket();
    }
  }

  @Override
  public long waitingBytes() {
    return window.waitingBytes();
  }

  /** Never blocks: the socket queues without bound, so the window is what bounds it. */
  private void send(String json) {
    Session open = socket;
    if (open == null) {
      return;
    }
    if (!window.take(json.length())) {
      lose(
          EndedReason.MODEL_STALLED,
          "the service takes no more: " + window.waitingBytes() + " bytes wait");
      return;
    }
    try {
      open.getAsyncRemote().sendText(json, result -> sent(json.length(), result));
    } catch (IllegalStateException closed) {
      disconnected("the socket was closed");
    }
  }

  private void sent(int bytes, SendResult result) {
    window.giveBack(bytes);
    if (!result.isOK()) {
      disconnected("a send failed: " + result.getException());
    }
  }

  private void closeSocket() {
    Session open = socket;
    if (open == null || !open.isOpen()) {
      return;
    }
    try {
      open.close();
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The model's socket was closed already", e);
    }
  }
}
