package dev.concierge.realtime;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.bridge.SendWindow;
import dev.concierge.call.EndedReason;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session with the model: waits until the service has created it and a conversation has begun
 * it, sets it up, then carries the conversation's events both ways until either side ends it.
 *
 * <p>What the conversation gives before {@link ModelEvent.Ready} is dropped. The {@link ModelLeg}
 * methods are called one at a time, from any thread; the socket's messages come one at a time; that
 * it was closed, or that a send failed, may be told by another thread meanwhile; {@link #begin} and
 * {@link #lose} may be called by anyone.
 */
final class RealtimeSession implements ModelLeg {

  /** More than 20 seconds of audio as it is sent: whoever is that late will not catch up. */
  private static final long SEND_LIMIT_BYTES = 256 * 1024;

  private enum State {
    /** The service has not created it yet, or no conversation has begun it. */
    WAITING,
    SETTING_UP,
    READY,
    OVER
  }

  /** Whose session it becomes. */
  private record Owner(AgentProfile profile, EventStream events) {}

  private final SessionSettings settings;
  private final ClientEvents clientEvents = new ClientEvents();
  private final SendWindow window = new SendWindow(SEND_LIMIT_BYTES);
  private volatile State state = State.WAITING;
  private volatile boolean pongMissing;
  private volatile @Nullable RealtimeSocket socket;
  // Guarded by this object's lock.
  private @Nullable Owner owner;
  private boolean created;

  RealtimeSession(SessionSettings settings) {
    this.settings = settings;
  }

  /**
   * Makes it a conversation's session. Call it once.
   *
   * @return {@code false} if it was lost before; then nothing is told
   */
  boolean begin(AgentProfile profile, Consumer<ModelEvent> events) {
    synchronized (this) {
      if (isOver()) {
        return false;
      }
      owner = new Owner(profile, new EventStream(events));
    }
    setUpIfPossible();
    return true;
  }

  /** The socket is open. It is closed at once if the session was ended meanwhile. */
  void opened(RealtimeSocket opened) {
    socket = opened;
    if (isOver()) {
      closeSocket();
    }
  }

  /** A message came. */
  void received(String text) {
    ServerEvent event = ServerEvents.read(text);
    if (event instanceof ServerEvent.ForConversation other) {
      if (isReady()) {
        emit(other.event());
      }
    } else if (event instanceof ServerEvent.SessionCreated) {
      synchronized (this) {
        created = true;
      }
      setUpIfPossible();
    } else if (event instanceof ServerEvent.SessionUpdated updated) {
      check(updated);
    } else if (event instanceof ServerEvent.Fault fault) {
      tell(fault);
    }
  }

  private void setUpIfPossible() {
    Owner begun = null;
    synchronized (this) {
      if (created && owner != null && state == State.WAITING) {
        state = State.SETTING_UP;
        begun = owner;
      }
    }
    if (begun != null) {
      send(clientEvents.sessionUpdate(begun.profile(), settings));
    }
  }

  private void check(ServerEvent.SessionUpdated updated) {
    if (state != State.SETTING_UP) {
      return;
    }
    if (!updated.isMulawBothWays()) {
      lose(EndedReason.MODEL_MISCONFIGURED, "the service did not take μ-law: " + updated);
    } else if (becomeReady()) {
      emit(new ModelEvent.Ready());
    }
  }

  private synchronized boolean becomeReady() {
    boolean ready = state == State.SETTING_UP;
    state = ready ? State.READY : state;
    return ready;
  }

  private void tell(ServerEvent.Fault fault) {
    ModelEvent.Faulted faulted = fault.asFaulted();
    if (!isReady()) {
      lose(fault.reasonAtSetUp(), faulted.words());
    } else if (fault.isSessionExpired()) {
      lose(EndedReason.MODEL_LOST, faulted.words());
    } else {
      emit(faulted);
    }
  }

  /** The socket is gone, for a reason it gave. */
  void disconnected(String detail) {
    lose(isReady() ? EndedReason.MODEL_LOST : EndedReason.MODEL_UNREACHABLE, detail);
  }

  /** Ends the session and says so to its conversation, if it has one; unless it is over already. */
  void lose(EndedReason reason, String detail) {
    if (becomeOver()) {
      emit(new ModelEvent.Lost(reason, detail));
      closeSocket();
    }
  }

  private synchronized boolean becomeOver() {
    boolean was = isOver();
    state = State.OVER;
    return !was;
  }

  private void emit(ModelEvent event) {
    EventStream events = events();
    if (events != null) {
      events.emit(event);
    }
  }

  private synchronized @Nullable EventStream events() {
    return owner == null ? null : owner.events();
  }

  boolean isReady() {
    return state == State.READY;
  }

  boolean isOver() {
    return state == State.OVER;
  }

  /**
   * Asks the service for a sign of life.
   *
   * @return whether it has answered the last time it was asked
   */
  boolean probe() {
    RealtimeSocket open = socket;
    if (open == null || pongMissing) {
      return open == null;
    }
    pongMissing = true;
    return open.ping();
  }

  /** The service answered a {@link #probe}. */
  void ponged() {
    pongMissing = false;
  }

  @Override
  public void append(byte[] mulaw) {
    if (isReady()) {
      send(clientEvents.append(mulaw));
    }
  }

  @Override
  public void commit() {
    if (isReady()) {
      send(clientEvents.commit());
    }
  }

  @Override
  public void createResponse(@Nullable String cue) {
    if (isReady()) {
      send(clientEvents.createResponse(cue));
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
    EventStream events = events();
    if (events != null) {
      events.stop();
    }
    if (becomeOver()) {
      closeSocket();
    }
  }

  @Override
  public long waitingBytes() {
    return window.waitingBytes();
  }

  private void send(String json) {
    send(new byte[][] {json.getBytes(StandardCharsets.UTF_8)});
  }

  /** Never blocks: the socket queues without bound, so the window is what bounds it. */
  private void send(byte[][] json) {
    RealtimeSocket open = socket;
    if (open == null) {
      return;
    }
    int bytes = MaskedText.length(json);
    if (!window.take(bytes)) {
      lose(
          EndedReason.MODEL_STALLED,
          "the service takes no more: " + window.waitingBytes() + " bytes wait");
      return;
    }
    open.send(json, fault -> sent(bytes, fault));
  }

  private void sent(int bytes, @Nullable Throwable fault) {
    window.giveBack(bytes);
    if (fault != null) {
      disconnected("a send failed: " + fault);
    }
  }

  private void closeSocket() {
    RealtimeSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
