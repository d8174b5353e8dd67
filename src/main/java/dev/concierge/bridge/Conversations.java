package dev.concierge.bridge;

import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import java.util.function.Consumer;

/** The port by which a media stream that was admitted gets its conversation. */
public interface Conversations {

  /**
   * Begins the conversation of one stream. Returns at once; nothing is shared with any other
   * conversation.
   *
   * @param streamId the carrier's name for the stream (Twilio's {@code MZ…})
   * @param carrierCallId the carrier's name for the call (Twilio's {@code CA…})
   * @param line where the conversation speaks to
   * @return takes what comes from the line, from any thread, one event at a time; never blocks. The
   *     last event is {@link CallerEvent.Stopped} or {@link CallerEvent.Lost}.
   */
  Consumer<CallerEvent> begin(Brief brief, String streamId, String carrierCallId, CallerLeg line);

  /**
   * The carrier says that a call is over. A conversation of it that still runs here ends within a
   * second, if its stream does not end before.
   */
  void callEnded(CallId call);

  /** Whether no stream should be admitted any more, because the service shuts down. */
  boolean isClosing();
}
