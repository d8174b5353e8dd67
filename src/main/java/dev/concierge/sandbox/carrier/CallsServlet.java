package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.eclipse.jetty.http.BadMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Twilio's REST API for calls: create, list, fetch and update. */
final class CallsServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(CallsServlet.class);

  /** Where it is mounted. */
  static final String ROOT = "/2010-04-01/Accounts";

  private final transient Exchange exchange;
  private final String accountSid;
  private final String credentials;

  CallsServlet(Exchange exchange, String accountSid, String authToken) {
    this.exchange = exchange;
    this.accountSid = accountSid;
    String pair = accountSid + ":" + authToken;
    this.credentials =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      authenticate(request, response);
      route(request, response);
    } catch (RestException e) {
      fail(response, e);
    } catch (BadMessageException | IllegalStateException e) {
      // Jetty's words for a form that is not well-formed, or too large.
      LOG.debug("a form that cannot be read", e);
      fail(response, RestException.badRequest(20001, "the form cannot be read"));
    }
  }

  private void authenticate(HttpServletRequest request, HttpServletResponse response)
      throws RestException {
    String given = String.valueOf(request.getHeader("Authorization"));
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), credentials.getBytes(StandardCharsets.UTF_8))) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Twilio API\"");
      throw new RestException(401, 20003, "Authenticate");
    }
  }

  private void route(HttpServletRequest request, HttpServletResponse response)
      throws RestException, IOException {
    String path = String.valueOf(request.getPathInfo());
    Form form = new Form(request.getParameterMap());
    String calls = "/" + accountSid + "/Calls";
    if (path.equals(calls + ".json")) {
      collection(request.getMethod(), form, response);
    } else if (path.startsWith(calls + "/") && path.endsWith(".json")) {
      String sid = path.substring(calls.length() + 1, path.length() - ".json".length());
      resource(request.getMethod(), find(sid), form, response);
    } else {
      throw RestException.notFound(path);
    }
  }

  private void collection(String method, Form form, HttpServletResponse response)
      throws RestException, IOException {
    switch (method) {
      case "POST" -> answer(response, 201, exchange.place(CallRequest.of(form)).toJson(accountSid));
      case "GET" -> answer(response, 200, new CallPage(accountSid, form).toJson(exchange.all()));
      default -> throw methodNotAllowed();
    }
  }

  private void resource(String method, PhoneCall call, Form form, HttpServletResponse response)
      throws RestException, IOException {
    switch (method) {
      case "POST" -> update(call, form);
      case "GET" -> {}
      default -> throw methodNotAllowed();
    }
    answer(response, 200, call.snapshot().toJson(accountSid));
  }

  private PhoneCall find(String sid) throws RestException {
    return exchange.find(sid).orElseThrow(() -> RestException.notFound("/Calls/" + sid));
  }

  private static void update(PhoneCall call, Form form) throws RestException {
    String status = form.optional("Status");
    if (status == null) {
      if (!call.redirect(CallRequest.twiml(form))) {
        throw RestException.badRequest(21220, "Call is not in-progress. Cannot redirect.");
      }
    } else if (!end(call, status)) {
      throw RestException.notFound("/Calls/" + call.sid());
    }
  }

  private static boolean end(PhoneCall call, String status) throws RestException {
    return switch (status) {
      case "completed" -> call.hangUp();
      case "canceled" -> call.cancel();
      default -> throw RestException.badRequest(20001, "Status must be completed or canceled");
    };
  }

  private static RestException methodNotAllowed() {
    return new RestException(405, 20004, "Method not allowed");
  }

  private static void fail(HttpServletResponse response, RestException e) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", e.code())
        .put("message", e.getMessage())
        .put("more_info", "https://www.twilio.com/docs/errors/" + e.code())
        .put("status", e.status());
    answer(response, e.status(), body);
  }

  private static void answer(HttpServletResponse response, int status, ObjectNode body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
