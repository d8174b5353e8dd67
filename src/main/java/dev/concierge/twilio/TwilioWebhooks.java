package dev.concierge.twilio;

import com.codahale.metrics.MetricRegistry;
import dev.concierge.bridge.Conversations;
import dev.concierge.call.Call;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.AnsweredBy;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.StreamReported;
import dev.concierge.call.CallId;
import dev.concierge.call.CallLedger;
import dev.concierge.call.CallLedger.Append;
import dev.concierge.call.CallStatus;
import dev.concierge.call.Carrier;
import dev.concierge.call.CarrierUncertainException;
import dev.concierge.call.FactSink;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Twilio reports what becomes of a call. Each report is a fact, in the ledger before it is
 * answered with 204: also one that came before, or that is about no call of ours, since sending it
 * again would help nobody. While the ledger is away the spool takes it: Twilio tries again only
 * where it got no answer at all. A field that is missing gets 400.
 */
@Path(TwilioWebhooks.PATH)
@TwilioSigned
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class TwilioWebhooks {

  /** Where they are, under the public URL as well as under ours. */
  public static final String PATH = "/twilio";

  private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhooks.class);

  /** What Twilio reports on a stream; each happens once, so its place here numbers it. */
  private static final List<String> STREAM_EVENTS =
      List.of("stream-started", "stream-stopped", "stream-error");

  private final CallLedger ledger;
  private final FactSink spool;
  private final Carrier carrier;
  private final Conversations conversations;
  private final Clock clock;
  private final MetricRegistry metrics;

  /**
   * @param spool takes reports while the ledger is away
   * @param carrier asked to end a call that a machine answered
   * @param conversations told of calls that are over
   * @param metrics counts the reports by what became of them
   */
  public TwilioWebhooks(
      CallLedger ledger,
      FactSink spool,
      Carrier carrier,
      Conversations conversations,
      Clock clock,
      MetricRegistry metrics) {
    this.ledger = ledger;
    this.spool = spool;
    this.carrier = carrier;
    this.conversations = conversations;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The status of a call. Events are separate requests and overtake each other. */
  @POST
  @Path("/status/{call_id}")
  public void status(@PathParam("call_id") String id, String body) {
    CallId call = callId(id);
    var form = WebhookForm.parse(body);
    form.require("CallSid", "CallStatus", "SequenceNumber");
    long sequence = form.number("SequenceNumber");
    Optional<CallStatus> status = CallStatus.ofWord(form.get("CallStatus"));
    if (status.isEmpty()) {
      skip(call, form.get("CallStatus"));
      return;
    }
    var fact = new StatusReported(status.get(), form.get("CallSid"), form.sipCode(), form.fields());
    append(call, FactSource.CARRIER_STATUS, sequence, form, fact);
    if (status.get().isTerminal()) {
      conversations.callEnded(call);
    }
  }

  /** The media stream of a call: the only place where Twilio tells why one could not be opened. */
  @POST
  @Path("/stream/{call_id}")
  public void stream(@PathParam("call_id") String id, String body) {
    CallId call = callId(id);
    var form = WebhookForm.parse(body);
    form.require("StreamSid", "StreamEvent");
    String event = form.get("StreamEvent");
    int sequence = STREAM_EVENTS.indexOf(event);
    if (sequence < 0) {
      skip(call, event);
      return;
    }
    var source = FactSource.carrierStream(form.get("StreamSid"));
    append(call, source, sequence, form, new StreamReported(event, form.fields()));
  }

  /** Who picked up, as Twilio judges it; once per call. A machine is hung up on. */
  @POST
  @Path("/amd/{call_id}")
  public void answeringMachine(@PathParam("call_id") String id, String body) {
    CallId call = callId(id);
    var form = WebhookForm.parse(body);
    form.require("CallSid", "AnsweredBy");
    var fact = new AnsweredBy(form.get("AnsweredBy"), form.fields());
    if (append(call, FactSource.CARRIER_DETECTION, 0, form, fact)) {
      hangUpIfWished(call, form.get("CallSid"));
    }
  }

  /** The wish is in the ledger: if this fails, the reconciler repeats it. */
  private void hangUpIfWished(CallId id, String callSid) {
    if (ledger.find(id).filter(Call::hangupRequested).isEmpty()) {
      return;
    }
    try {
      carrier.hangUp(callSid, CallStatus.IN_PROGRESS);
    } catch (CarrierUncertainException e) {
      LOG.warn("could not hang up on the machine in call {}: {}", id, e.getMessage());
    }
  }

  private static CallId callId(String id) {
    return CallId.parse(id).orElseThrow(() -> new NotFoundException("no such call"));
  }

  /** Whether the ledger has it; else it waits in the spool. */
  private boolean append(
      CallId call, FactSource source, long sequence, WebhookForm form, CallFact fact) {
    var at = form.timestamp().orElseGet(clock::instant);
    LedgerEntry entry = new LedgerEntry(call, source, sequence, at, fact);
    Append result;
    try {
      result = ledger.append(entry);
    } catch (RuntimeException e) {
      spool.record(entry);
      count("spooled");
      // Its message may quote what was to be written.
      LOG.warn("a report on call {} waits for the ledger: {}", call, e.getClass().getName());
      return false;
    }
    count(result.name().toLowerCase(Locale.ROOT));
    if (result == Append.UNKNOWN_CALL) {
      LOG.warn("Twilio reported on call {}, which the ledger does not know", call);
    }
    return true;
  }

  private void skip(CallId call, String word) {
    count("skipped");
    LOG.warn("skipped a report on call {}: \"{}\" is none that we know", call, word);
  }

  private void count(String result) {
    metrics.counter(MetricRegistry.name(TwilioWebhooks.class, result)).inc();
  }
}
