package dev.concierge.twilio;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import com.twilio.twiml.voice.Stream.StatusCallbackMethod;
import dev.concierge.call.Brief;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio does with a call once it is answered, as inline TwiML.
 *
 * <p>Nothing follows {@code <Connect>}: closing the media socket hangs up.
 */
public final class CallTwiml {

  /** Twilio refuses longer inline TwiML (error 32018). */
  public static final int MAX_LENGTH = 4_000;

  /** Twilio refuses parameters whose name and value together are not shorter than this. */
  public static final int PARAMETER_LIMIT = 500;

  private final PublicUrl publicUrl;
  private final StreamParameters parameters;
  private final @Nullable String notice;

  /**
   * @param notice said to whoever picks up, before the agent hears or says anything; {@code null}
   *     for none, since it delays the agent
   */
  public CallTwiml(PublicUrl publicUrl, StreamParameters parameters, @Nullable String notice) {
    this.publicUrl = publicUrl;
    this.parameters = parameters;
    this.notice = notice;
  }

  /** Connects the call to our media stream, with the brief in its parameters. */
  public String connect(Brief brief) {
    var stream =
        new Stream.Builder()
            .url(publicUrl.mediaStream().toString())
            .statusCallback(publicUrl.stream(brief.callId()).toString())
            .statusCallbackMethod(StatusCallbackMethod.POST);
    for (Map.Entry<String, String> entry : parameters.sign(brief).entrySet()) {
      stream.parameter(
          new Parameter.Builder().name(entry.getKey()).value(entry.getValue()).build());
    }
    var response = new VoiceResponse.Builder();
    if (notice != null) {
      response.say(new Say.Builder(notice).build());
    }
    return response.connect(new Connect.Builder().stream(stream.build()).build()).build().toXml();
  }

  /** Says the words in the carrier's own voice, then hangs up. */
  static String sayAndHangUp(String words) {
    return new VoiceResponse.Builder()
        .say(new Say.Builder(words).build())
        .hangup(new Hangup.Builder().build())
        .build()
        .toXml();
  }
}
