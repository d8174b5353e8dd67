package dev.concierge.sandbox.carrier;

import dev.concierge.call.CallStatus;
import dev.concierge.call.PhoneNumber;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code POST /Calls.json} asks for.
 *
 * @param twiml what to do when somebody answers; read only then, as Twilio does
 * @param events what the customer wants to hear of: Twilio's {@code StatusCallbackEvent}s
 * @param detectionCallback where it is told who picked up; {@code null} if nobody wants to know
 * @param timeoutSeconds how long it may ring
 * @param timeLimitSeconds how long the call may last
 */
record CallRequest(
    PhoneNumber to,
    PhoneNumber from,
    String twiml,
    @Nullable String statusCallback,
    Set<String> events,
    @Nullable String detectionCallback,
    int timeoutSeconds,
    int timeLimitSeconds) {

  private static final Logger LOG = LoggerFactory.getLogger(CallRequest.class);

  private static final int MAX_TWIML_CHARS = 4_000;
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_TIMEOUT_SECONDS = 600;
  private static final int MAX_CALL_SECONDS = 14_400;

  private static final List<String> EVENTS =
      List.of("initiated", "ringing", "answered", "completed");

  private static final Set<String> KNOWN =
      Set.of(
          "To",
          "From",
          "Twiml",
          "StatusCallback",
          "StatusCallbackMethod",
          "StatusCallbackEvent",
          "MachineDetection",
          "AsyncAmd",
          "AsyncAmdStatusCallback",
          "AsyncAmdStatusCallbackMethod",
          "Timeout",
          "TimeLimit");

  CallRequest {
    events = Set.copyOf(events);
  }

  /**
   * Reads a form as Twilio would.
   *
   * @throws RestException with the error that Twilio has for the first bad field
   */
  static CallRequest of(Form form) throws RestException {
    if (form.optional("Url") != null) {
      throw RestException.badRequest(21205, "Url: the sandbox fetches no TwiML; send Twiml");
    }
    CallRequest request =
        new CallRequest(
            number(form.required("To", 21201), 21211, "To"),
            number(form.required("From", 21213), 21212, "From"),
            twiml(form),
            statusCallback(form),
            events(form),
            detectionCallback(form),
            form.number("Timeout", DEFAULT_TIMEOUT_SECONDS, 1, MAX_TIMEOUT_SECONDS),
            form.number("TimeLimit", MAX_CALL_SECONDS, 1, MAX_CALL_SECONDS));
    Set<String> ignored = form.others(KNOWN);
    if (!ignored.isEmpty()) {
      LOG.info("the sandbox does nothing about {}", ignored);
    }
    return request;
  }

  /** The TwiML of a form, which is read when it is carried out. */
  static String twiml(Form form) throws RestException {
    String twiml = form.required("Twiml", 21205);
    if (twiml.length() > MAX_TWIML_CHARS) {
      throw RestException.badRequest(
          32018, "Twiml is longer than " + MAX_TWIML_CHARS + " characters");
    }
    return twiml;
  }

  /** Whether the customer asked to be told of that status. */
  boolean wantsToHearOf(CallStatus status) {
    if (status.isTerminal()) {
      return events.contains("completed");
    }
    return events.contains(status == CallStatus.IN_PROGRESS ? "answered" : status.word());
  }

  private static PhoneNumber number(String text, int code, String field) throws RestException {
    return PhoneNumber.parse(text)
        .filter(number -> number.e164().equals(text))
        .orElseThrow(
            () ->
                RestException.badRequest(
                    code, "The '" + field + "' number " + text + " is not a valid E.164 number"));
  }

  private static @Nullable String statusCallback(Form form) throws RestException {
    return callback(form, "StatusCallback");
  }

  private static @Nullable String detectionCallback(Form form) throws RestException {
    String mode = form.optional("MachineDetection");
    if (mode == null) {
      return null;
    }
    if (!mode.equals("Enable") || !"true".equals(form.optional("AsyncAmd"))) {
      throw RestException.badRequest(
          20001, "MachineDetection: the sandbox knows only Enable, with AsyncAmd=true");
    }
    String url = callback(form, "AsyncAmdStatusCallback");
    if (url == null) {
      throw RestException.badRequest(21262, "AsyncAmdStatusCallback is required for AsyncAmd");
    }
    return url;
  }

  private static @Nullable String callback(Form form, String field) throws RestException {
    String method = form.optional(field + "Method");
    if (method != null && !method.equals("POST")) {
      throw RestException.badRequest(20001, field + "Method: the sandbox only posts");
    }
    String url = form.optional(field);
    if (url != null && !isHttp(url)) {
      throw RestException.badRequest(21609, field + " is not an absolute http(s) address");
    }
    return url;
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> events(Form form) throws RestException {
    List<String> events = form.all("StatusCallbackEvent");
    if (!EVENTS.containsAll(events)) {
      throw RestException.badRequest(20001, "StatusCallbackEvent must be one of " + EVENTS);
    }
    return events.isEmpty() ? Set.of("completed") : new HashSet<>(events);
  }
}
