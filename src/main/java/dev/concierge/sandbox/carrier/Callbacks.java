package dev.concierge.sandbox.carrier;

import dev.concierge.call.CallStatus;
import dev.concierge.sandbox.carrier.Twiml.StreamNoun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the customer what becomes of one call and its streams, one message after the other: the
 * next is sent when the one before it was answered or given up.
 *
 * <p>A call has a handful of messages, so their queue is as short. Thread-safe.
 */
final class Callbacks {

  private final Webhooks webhooks;
  private final String accountSid;
  private final String callSid;
  private final CallRequest request;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private int sequenceNumber;

  Callbacks(Webhooks webhooks, String accountSid, String callSid, CallRequest request) {
    this.webhooks = webhooks;
    this.accountSid = accountSid;
    this.callSid = callSid;
    this.request = request;
  }

  /** The call took a status, if the customer wants to know. */
  synchronized void status(CallStatus status, Instant at, Map<String, String> more) {
    String url = request.statusCallback();
    if (url == null || !request.wantsToHearOf(status)) {
      return;
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("CallSid", callSid);
    form.put("AccountSid", accountSid);
    form.put("From", request.from().e164());
    form.put("To", request.to().e164());
    form.put("Caller", request.from().e164());
    form.put("Called", request.to().e164());
    form.put("CallStatus", status.word());
    form.put("Direction", "outbound-api");
    form.put("ApiVersion", "2010-04-01");
    form.put("Timestamp", TwilioDates.rfc2822(at));
    form.put("CallbackSource", "call-progress-events");
    form.put("SequenceNumber", Integer.toString(sequenceNumber++));
    form.putAll(more);
    send(url, form);
  }

  /**
   * It was found out who picked up, if the customer wants to know.
   *
   * @param afterMs how long that took
   */
  synchronized void answeredBy(String who, long afterMs) {
    String url = request.detectionCallback();
    if (url == null) {
      return;
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("CallSid", callSid);
    form.put("AccountSid", accountSid);
    form.put("AnsweredBy", who);
    form.put("MachineDetectionDuration", Long.toString(afterMs));
    send(url, form);
  }

  /**
   * A stream did something.
   *
   * @param event {@code stream-started}, {@code stream-stopped} or {@code stream-error}
   */
  synchronized void stream(
      StreamNoun noun, String streamSid, String event, @Nullable String error, Instant at) {
    String url = noun.statusCallback();
    if (url == null) {
      return;
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("AccountSid", accountSid);
    form.put("CallSid", callSid);
    form.put("StreamSid", streamSid);
    form.put("StreamName", noun.name() == null ? streamSid : noun.name());
    form.put("StreamEvent", event);
    if (error != null) {
      form.put("StreamError", error);
    }
    form.put("Timestamp", at.toString());
    send(url, form);
  }

  /** Done when all messages so far were delivered or given up. */
  synchronized CompletableFuture<Void> delivered() {
    return last;
  }

  private void send(String url, Map<String, String> form) {
    last = last.thenCompose(sent -> webhooks.post(url, form));
  }
}
