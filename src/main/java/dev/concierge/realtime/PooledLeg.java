package dev.concierge.realtime;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation's leg on a session that waited for it. Such a session may be dead without anybody
 * knowing: if it is lost before it is ready, a fresh one takes its place, once, and the
 * conversation is not told.
 *
 * <p>Safe for use by many threads, like the sessions it hands all on to.
 */
final class PooledLeg implements ModelLeg {

  private static final Logger LOG = LoggerFactory.getLogger(PooledLeg.class);

  private final RealtimeSession waiting;
  private final RealtimeSession spare;
  private final Consumer<ModelEvent> events;
  private final Runnable openSpare;
  private volatile RealtimeSession current;

  /**
   * @param waiting was connected before
   * @param spare is neither begun nor opened
   * @param openSpare begins and opens the spare, unless it was closed; must not block
   */
  PooledLeg(
      RealtimeSession waiting,
      RealtimeSession spare,
      Consumer<ModelEvent> events,
      Runnable openSpare) {
    this.waiting = waiting;
    this.spare = spare;
    this.events = events;
    this.openSpare = openSpare;
    current = waiting;
  }

  /**
   * Makes the waiting session the conversation's. Call it once.
   *
   * @return {@code false} if it was lost before; then nothing is told
   */
  boolean begin(AgentProfile profile) {
    return waiting.begin(profile, this::accept);
  }

  /** Once it was ready it is never told to be unreachable. */
  private void accept(ModelEvent event) {
    if (event instanceof ModelEvent.Lost lost && lost.reason() == EndedReason.MODEL_UNREACHABLE) {
      LOG.info("a session that waited was dead, another one is opened: {}", lost.detail());
      current = spare;
      openSpare.run();
    } else {
      events.accept(event);
    }
  }

  @Override
  public void append(byte[] mulaw) {
    current.append(mulaw);
  }

  @Override
  public void commit() {
    current.commit();
  }

  @Override
  public void createResponse(@Nullable String cue) {
    current.createResponse(cue);
  }

  @Override
  public void cancelResponse() {
    current.cancelResponse();
  }

  @Override
  public void truncate(String itemId, long heardMs) {
    current.truncate(itemId, heardMs);
  }

  @Override
  public void answerTool(String toolCallId, String outputJson) {
    current.answerTool(toolCallId, outputJson);
  }

  /** Closes both, so that no spare is opened afterwards. */
  @Override
  public void close() {
    waiting.close();
    spare.close();
  }

  @Override
  public long waitingBytes() {
    return current.waitingBytes();
  }
}
