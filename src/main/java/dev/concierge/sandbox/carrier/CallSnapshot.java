package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.call.CallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call at one moment, as the REST API shows it.
 *
 * @param seconds how long it lasted after it was answered, in the sandbox's time
 */
record CallSnapshot(
    String sid,
    CallRequest request,
    CallStatus status,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    long seconds) {

  /** Twilio's representation of a call. */
  ObjectNode toJson(String accountSid) {
    String uri = "/2010-04-01/Accounts/" + accountSid + "/Calls/" + sid;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sid", sid)
        .put("account_sid", accountSid)
        .put("to", request.to().e164())
        .put("to_formatted", request.to().e164())
        .put("from", request.from().e164())
        .put("from_formatted", request.from().e164())
        .put("status", restStatus())
        .put("direction", "outbound-api")
        .put("api_version", "2010-04-01")
        .put("date_created", TwilioDates.rfc2822(created))
        .put("date_updated", date(ended == null ? started : ended))
        .put("start_time", date(started))
        .put("end_time", date(ended))
        .put("duration", status.isTerminal() ? Long.toString(seconds) : null)
        .put("price_unit", "USD")
        .put("queue_time", "0")
        .put("uri", uri + ".json");
    for (String absent :
        new String[] {
          "price",
          "answered_by",
          "caller_name",
          "forwarded_from",
          "group_sid",
          "parent_call_sid",
          "phone_number_sid",
          "trunk_sid",
          "annotation"
        }) {
      json.putNull(absent);
    }
    ObjectNode subresources = json.putObject("subresource_uris");
    for (String name : new String[] {"events", "notifications", "recordings", "streams"}) {
      subresources.put(name, uri + "/" + name + ".json");
    }
    return json;
  }

  /** The resource knows no {@code initiated}; only the callbacks do. */
  String restStatus() {
    return (status == CallStatus.INITIATED ? CallStatus.QUEUED : status).word();
  }

  private static @Nullable String date(@Nullable Instant instant) {
    return instant == null ? null : TwilioDates.rfc2822(instant);
  }
}
