package dev.concierge.twilio;

import dev.concierge.bridge.CallerEvent;
import dev.concierge.bridge.CallerEvent.Ignored;
import dev.concierge.bridge.CallerEvent.KeyPressed;
import dev.concierge.bridge.CallerEvent.Lost;
import dev.concierge.bridge.CallerEvent.MarkReturned;
import dev.concierge.bridge.CallerEvent.Stopped;
import dev.concierge.bridge.Conversations;
import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import dev.concierge.call.EndedReason;
import dev.concierge.twilio.MediaMessage.Connected;
import dev.concierge.twilio.MediaMessage.Dtmf;
import dev.concierge.twilio.MediaMessage.Mark;
import dev.concierge.twilio.MediaMessage.Media;
import dev.concierge.twilio.MediaMessage.MediaFormat;
import dev.concierge.twilio.MediaMessage.Start;
import dev.concierge.twilio.MediaMessage.Stop;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.core.exception.WebSocketException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One media stream, from its socket's opening to its end. It admits the stream at {@code start},
 * and from then on tells its conversation what comes, one event at a time, the last one once.
 *
 * <p>The socket delivers messages by one thread at a time; everything else may come from any
 * thread.
 */
final class MediaStreamSession {

  private static final Logger LOG = LoggerFactory.getLogger(MediaStreamSession.class);

  /** Longer messages are none of Twilio's: 20 ms of audio are about 400 bytes. */
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;

  /** A hundred times what Twilio sends, because after a stall the network delivers all at once. */
  private static final int MAX_MESSAGES_PER_SECOND = 5_000;

  private final MediaSocket socket;
  private final StreamParameters parameters;
  private final Conversations conversations;
  private final Farewell farewell;
  private final FloodGuard flood;
  private final BoundedMessage message = new BoundedMessage(MAX_MESSAGE_BYTES);

  // Guarded by this object's lock, under which the conversation is told its events, too.
  private @Nullable Consumer<CallerEvent> conversation;
  private int ignoredBeforeStart;
  private volatile boolean over;
  private volatile @Nullable String callId;

  MediaStreamSession(
      MediaSocket socket,
      StreamParameters parameters,
      Conversations conversations,
      Farewell farewell,
      Clock clock) {
    this.socket = socket;
    this.parameters = parameters;
    this.conversations = conversations;
    this.farewell = farewell;
    this.flood = new FloodGuard(MAX_MESSAGES_PER_SECOND, clock);
  }

  /** A part of a message came. */
  void message(byte[] part, boolean last) {
    if (isWithinRate()) {
      message.add(part, last).map(MediaMessageParser::parse).ifPresent(this::handle);
    }
  }

  private boolean isWithinRate() {
    boolean within = flood.admit();
    if (!within) {
      String why = "more than " + MAX_MESSAGES_PER_SECOND + " messages a second";
      lost(new Lost(EndedReason.CALLER_LEG_LOST, why));
    }
    return within;
  }

  private void handle(MediaMessage message) {
    if (message instanceof Media media && media.isInbound()) {
      tell(new CallerEvent.Media(media.timestampMs(), media.payload()));
    } else if (message instanceof Mark mark) {
      tell(new MarkReturned(mark.name()));
    } else if (message instanceof Dtmf dtmf) {
      tell(new KeyPressed(dtmf.digit()));
    } else if (message instanceof Stop) {
      hangUp();
    } else if (message instanceof Start start && !isStarted()) {
      admit(start);
    } else if (!(message instanceof Connected)) {
      tell(new Ignored());
    }
  }

  private void admit(Start start) {
    if (!start.format().equals(MediaFormat.MULAW_8K_MONO)) {
      refuse(CloseCodes.CANNOT_ACCEPT, "cannot speak " + start.format());
      return;
    }
    try {
      begin(parameters.verify(start.customParameters()), start);
    } catch (ParametersRefusedException e) {
      refuse(CloseCodes.VIOLATED_POLICY, "parameters " + e.reason() + ", " + e.getMessage());
    }
  }

  private synchronized void begin(Brief brief, Start start) {
    if (over) {
      return;
    }
    callId = brief.callId().value();
    var line = new TwilioCallerLeg(start, socket, farewell, this);
    var begun = conversations.begin(brief, start.streamSid(), start.callSid(), line);
    conversation = begun;
    for (int i = 0; i < ignoredBeforeStart; i++) {
      begun.accept(new Ignored());
    }
  }

  /** The time in which {@code start} has to come is over. */
  synchronized void startIsDue() {
    if (!isStarted()) {
      refuse(CloseCodes.VIOLATED_POLICY, "no start");
    }
  }

  private void refuse(CloseCode code, String why) {
    if (!over) {
      LOG.warn("refused a media stream: {}", why);
      end(new Stopped(), () -> socket.close(new CloseReason(code, "refused")));
    }
  }

  /** The peer closed the socket, or it broke. */
  void closed(CloseReason reason) {
    String detail = "closed with " + reason.getCloseCode().getCode();
    end(new Lost(EndedReason.CALLER_LEG_LOST, detail), () -> {});
  }

  /** The socket broke, or something of ours did. */
  void failed(Throwable failure) {
    if (over) {
      return;
    }
    try (var id = MDC.putCloseable(CallId.LOG_KEY, callId)) {
      if (failure instanceof IOException || failure instanceof WebSocketException) {
        LOG.warn("a media stream's socket broke: {}", failure.toString());
      } else {
        LOG.error("a media stream failed", failure);
      }
    }
    lost(MediaSocket.lossBy(failure));
  }

  /** The socket cannot be used any more. */
  void lost(Lost loss) {
    end(loss, socket::abort);
  }

  /** Hangs up: Twilio ends the call when its stream is closed, since its TwiML goes no further. */
  void hangUp() {
    end(new Stopped(), () -> socket.close(new CloseReason(CloseCodes.NORMAL_CLOSURE, "over")));
  }

  boolean isOver() {
    return over;
  }

  private synchronized boolean isStarted() {
    return conversation != null;
  }

  private synchronized void tell(CallerEvent event) {
    if (over) {
      return;
    }
    if (conversation == null) {
      ignoredBeforeStart++;
    } else {
      conversation.accept(event);
    }
  }

  private void end(CallerEvent last, Runnable closing) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      if (conversation != null) {
        conversation.accept(last);
      }
    }
    closing.run();
  }
}
