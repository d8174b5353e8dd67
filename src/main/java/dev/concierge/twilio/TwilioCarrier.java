package dev.concierge.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Call.UpdateStatus;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.Twiml;
import dev.concierge.call.Brief;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Carrier;
import dev.concierge.call.CarrierRefusedException;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.EndedReason;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.ReservationRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Places calls through Twilio's REST API. Safe for use by many threads; every method blocks. */
public final class TwilioCarrier implements Carrier {

  /** How long a phone rings. Restaurants are slow to answer, and a voicemail answers sooner. */
  static final Duration RING_TIMEOUT = Duration.ofSeconds(40);

  /** When Twilio ends a call whatever we do; longer than any conversation may take. */
  static final Duration TIME_LIMIT = Duration.ofMinutes(15);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
  private static final List<String> STATUS_EVENTS =
      List.of("initiated", "ringing", "answered", "completed");
  private static final int NOT_FOUND = 404;
  private static final Set<Integer> REFUSALS_WITHOUT_A_CODE = Set.of(401, 403, NOT_FOUND, 429);
  private static final long PAGE_SIZE = 50;

  private final TwilioAccount account;
  private final PublicUrl publicUrl;
  private final CallTwiml twiml;
  private final boolean detectsMachines;
  private final TwilioRestClient client;

  /**
   * @param detectsMachines whether Twilio is to judge, at its price, who picks up
   */
  public TwilioCarrier(
      TwilioAccount account, PublicUrl publicUrl, CallTwiml twiml, boolean detectsMachines) {
    this(account, publicUrl, twiml, detectsMachines, ANSWER_TIMEOUT);
  }

  TwilioCarrier(
      TwilioAccount account,
      PublicUrl publicUrl,
      CallTwiml twiml,
      boolean detectsMachines,
      Duration answerTimeout) {
    this.account = account;
    this.publicUrl = publicUrl;
    this.twiml = twiml;
    this.detectsMachines = detectsMachines;
    this.client =
        new TwilioRestClient.Builder(account.accountSid(), account.authToken())
            .httpClient(new TwilioHttpClient(account.baseUrl(), answerTimeout))
            .build();
  }

  @Override
  public String dial(CallId id, ReservationRequest request)
      throws CarrierRefusedException, CarrierUncertainException {
    try {
      return sidOf(creator(id, request).create(client));
    } catch (ApiException e) {
      throw refusalOrUncertainty(e);
    } catch (ApiConnectionException e) {
      if (TwilioHttpClient.wasNeverSent(e)) {
        throw new CarrierRefusedException(
            EndedReason.CARRIER_UNREACHABLE, null, String.valueOf(e.getMessage()));
      }
      throw uncertain(e);
    }
  }

  private CallCreator creator(CallId id, ReservationRequest request) {
    CallCreator creator =
        Call.creator(
                number(request.to()),
                number(account.from()),
                new Twiml(twiml.connect(new Brief(id, request.reservation()))))
            .setStatusCallback(publicUrl.status(id))
            .setStatusCallbackMethod(HttpMethod.POST)
            .setStatusCallbackEvent(STATUS_EVENTS)
            .setTimeout((int) RING_TIMEOUT.toSeconds())
            .setTimeLimit((int) TIME_LIMIT.toSeconds());
    if (detectsMachines) {
      // Asynchronous, or nobody would be spoken to until Twilio has made up its mind.
      creator
          .setMachineDetection("Enable")
          .setAsyncAmd("true")
          .setAsyncAmdStatusCallback(publicUrl.answeringMachine(id))
          .setAsyncAmdStatusCallbackMethod(HttpMethod.POST);
    }
    return creator;
  }

  private static CarrierUncertainException refusalOrUncertainty(ApiException e)
      throws CarrierRefusedException {
    if (!isRefusal(e)) {
      return uncertain(e);
    }
    String code = e.getCode() == null ? null : e.getCode().toString();
    EndedReason reason = Refusal.reason(e.getStatusCode(), e.getCode());
    throw new CarrierRefusedException(reason, code, String.valueOf(e.getMessage()));
  }

  @Override
  public void hangUp(String carrierCallId, CallStatus known) throws CarrierUncertainException {
    CallStatus now = known;
    if (now != CallStatus.IN_PROGRESS) {
      now = end(carrierCallId, UpdateStatus.CANCELED);
    }
    // Twilio does not cancel a call that was answered meanwhile.
    if (now == CallStatus.IN_PROGRESS) {
      end(carrierCallId, UpdateStatus.COMPLETED);
    }
  }

  /** What the call is after Twilio was asked to end it, whether it did so or refused. */
  private CallStatus end(String carrierCallId, UpdateStatus wish) throws CarrierUncertainException {
    try {
      return seen(Call.updater(carrierCallId).setStatus(wish).update(client)).status();
    } catch (ApiException e) {
      CallStatus now = fetch(carrierCallId).map(CarrierCall::status).orElse(CallStatus.COMPLETED);
      boolean answeredMeanwhile = wish == UpdateStatus.CANCELED && now == CallStatus.IN_PROGRESS;
      if (now.isTerminal() || answeredMeanwhile) {
        return now;
      }
      throw uncertain(e);
    } catch (TwilioException e) {
      throw uncertain(e);
    }
  }

  @Override
  public Optional<CarrierCall> fetch(String carrierCallId) throws CarrierUncertainException {
    try {
      return Optional.of(seen(Call.fetcher(carrierCallId).fetch(client)));
    } catch (TwilioException e) {
      if (isNotFound(e)) {
        return Optional.empty();
      }
      throw uncertain(e);
    }
  }

  /** Not by start time: a call that is still queued has none. */
  @Override
  public List<CarrierCall> placed(PhoneNumber to, Instant from, Instant until)
      throws CarrierUncertainException {
    try {
      List<Call> newest =
          Call.reader()
              .setTo(number(to))
              .setFrom(number(account.from()))
              .setPageSize(PAGE_SIZE)
              .firstPage(client)
              .getRecords();
      List<CarrierCall> placed = new ArrayList<>();
      for (Call call : newest) {
        if (wasCreated(call, from, until)) {
          placed.add(seen(call));
        }
      }
      return placed;
    } catch (TwilioException e) {
      throw uncertain(e);
    }
  }

  /** Twilio tells whole seconds, and may not tell them of a call that it is just creating. */
  private static boolean wasCreated(Call call, Instant from, Instant until) {
    ZonedDateTime created = call.getDateCreated();
    if (created == null) {
      return true;
    }
    Instant at = created.toInstant();
    return !at.isBefore(from.truncatedTo(ChronoUnit.SECONDS)) && !at.isAfter(until);
  }

  /**
   * Has Twilio's own voice say the words on a running call, then hang up. Ends the media stream.
   *
   * @throws CarrierUncertainException if Twilio did not answer or refused
   */
  public void say(String carrierCallId, String words) throws CarrierUncertainException {
    try {
      Call.updater(carrierCallId).setTwiml(new Twiml(CallTwiml.sayAndHangUp(words))).update(client);
    } catch (TwilioException e) {
      throw uncertain(e);
    }
  }

  private static String sidOf(Call call) throws CarrierUncertainException {
    if (call.getSid() == null) {
      throw new CarrierUncertainException("the carrier's answer names no call");
    }
    return call.getSid();
  }

  private static CarrierCall seen(Call call) throws CarrierUncertainException {
    CallStatus status =
        Optional.ofNullable(call.getStatus())
            .flatMap(word -> CallStatus.ofWord(word.toString()))
            .orElseThrow(
                () -> new CarrierUncertainException("the carrier's answer tells no known status"));
    return new CarrierCall(sidOf(call), status);
  }

  private static com.twilio.type.PhoneNumber number(PhoneNumber number) {
    return new com.twilio.type.PhoneNumber(number.e164());
  }

  /**
   * Whether Twilio understood the request and said no. An error without a code of Twilio's may come
   * from a proxy on the way, after Twilio had heard us, unless it tells who may ask, where or how
   * often.
   */
  private static boolean isRefusal(ApiException e) {
    Integer status = e.getStatusCode();
    return status != null
        && (REFUSALS_WITHOUT_A_CODE.contains(status)
            || (e.getCode() != null && status >= 400 && status < 500));
  }

  private static boolean isNotFound(TwilioException e) {
    return e instanceof ApiException answer && Objects.equals(answer.getStatusCode(), NOT_FOUND);
  }

  private static CarrierUncertainException uncertain(TwilioException e) {
    return new CarrierUncertainException(String.valueOf(e.getMessage()), e);
  }
}
