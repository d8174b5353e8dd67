package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * One page of the list of calls, with Twilio's filters {@code To}, {@code From}, {@code Status}.
 */
final class CallPage {

  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 1_000;
  private static final int MAX_PAGE = 100_000;
  private static final List<String> FILTERS = List.of("To", "From", "Status");
  private static final Set<String> KNOWN = Set.of("To", "From", "Status", "PageSize", "Page");

  private final String accountSid;
  private final Form form;
  private final int size;
  private final int page;

  /**
   * @param form the query
   * @throws RestException if it filters by anything else: all calls would be a wrong answer
   */
  CallPage(String accountSid, Form form) throws RestException {
    Set<String> others = form.others(KNOWN);
    if (!others.isEmpty()) {
      throw RestException.badRequest(20001, "the sandbox cannot filter by " + others);
    }
    this.accountSid = accountSid;
    this.form = form;
    this.size = form.number("PageSize", DEFAULT_SIZE, 1, MAX_SIZE);
    this.page = form.number("Page", 0, 0, MAX_PAGE);
  }

  /**
   * Twilio's representation.
   *
   * @param calls all there are, the newest first
   */
  ObjectNode toJson(List<CallSnapshot> calls) {
    List<CallSnapshot> matching = calls.stream().filter(this::matches).toList();
    int start = Math.min(page * size, matching.size());
    int end = Math.min(start + size, matching.size());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("calls");
    matching.subList(start, end).forEach(call -> array.add(call.toJson(accountSid)));
    return json.put("page", page)
        .put("page_size", size)
        .put("start", start)
        .put("end", Math.max(start, end - 1))
        .put("uri", uri(page))
        .put("first_page_uri", uri(0))
        .put("next_page_uri", end < matching.size() ? uri(page + 1) : null)
        .put("previous_page_uri", page > 0 ? uri(page - 1) : null);
  }

  private boolean matches(CallSnapshot call) {
    return matches("To", call.request().to().e164())
        && matches("From", call.request().from().e164())
        && matches("Status", call.restStatus());
  }

  private boolean matches(String filter, String value) {
    String wanted = form.optional(filter);
    return wanted == null || wanted.equals(value);
  }

  private String uri(int number) {
    StringBuilder uri = new StringBuilder(CallsServlet.ROOT + "/" + accountSid + "/Calls.json?");
    for (String filter : FILTERS) {
      String value = form.optional(filter);
      if (value != null) {
        String escaped = URLEncoder.encode(value, StandardCharsets.UTF_8);
        uri.append(filter).append('=').append(escaped).append('&');
      }
    }
    return uri.append("PageSize=").append(size).append("&Page=").append(number).toString();
  }
}
