package dev.concierge.twilio;

import dev.concierge.bridge.CallerEvent;
import dev.concierge.bridge.CallerLeg;
import dev.concierge.bridge.Conversations;
import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Conversations that only listen; the test speaks for them. */
final class RecordingConversations implements Conversations {

  /** One conversation and all it was told. */
  record Begun(
      Brief brief,
      String streamId,
      String carrierCallId,
      CallerLeg line,
      List<CallerEvent> events) {

    CallerEvent last() {
      return events.isEmpty() ? null : events.get(events.size() - 1);
    }

    long ignored() {
      return events.stream().filter(CallerEvent.Ignored.class::isInstance).count();
    }
  }

  private final List<Begun> begun = new CopyOnWriteArrayList<>();
  private final List<CallId> ended = new CopyOnWriteArrayList<>();
  private volatile boolean closing;

  /** The conversations of that call; at most one, if all is well. */
  List<Begun> of(CallId call) {
    return begun.stream().filter(b -> b.brief().callId().equals(call)).toList();
  }

  @Override
  public void callEnded(CallId call) {
    ended.add(call);
  }

  /** The calls that are over, as was told. */
  List<CallId> ended() {
    return ended;
  }

  @Override
  public boolean isClosing() {
    return closing;
  }

  /** No stream is to be admitted any more. */
  void close() {
    closing = true;
  }

  int count() {
    return begun.size();
  }

  @Override
  public Consumer<CallerEvent> begin(
      Brief brief, String streamId, String carrierCallId, CallerLeg line) {
    List<CallerEvent> events = new CopyOnWriteArrayList<>();
    begun.add(new Begun(brief, streamId, carrierCallId, line, events));
    return events::add;
  }
}
