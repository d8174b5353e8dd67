package dev.concierge.sandbox.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.concierge.sandbox.fault.Effect;
import dev.concierge.sandbox.fault.ModelFaults;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in without the key, as {@code Authorization: Bearer} or in {@code api-key}, the way
 * of Azure. All others get 401 before there is a socket. Some who have the key are refused, too, or
 * are left without an answer: where a fault is in store for them.
 */
final class Admission extends HttpFilter {

  private static final long serialVersionUID = 1;
  private static final String BEARER = "Bearer ";

  /** Longer than any client waits. */
  private static final long UNANSWERED_MS = 60_000;

  private final byte[] apiKey;
  private final transient ModelFaults faults;

  Admission(String apiKey, ModelFaults faults) {
    this.apiKey = apiKey.getBytes(UTF_8);
    this.faults = faults;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isKey(bearer(request.getHeader("Authorization"))) || isKey(request.getHeader("api-key"))) {
      letInUnlessFaulty(request, response, chain);
    } else {
      refuse(response);
    }
  }

  private void letInUnlessFaulty(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Effect refusal = faults.takeRefusal().orElse(null);
    if (refusal instanceof Effect.Refuse refuse) {
      response.setStatus(refuse.status());
    } else if (refusal != null) {
      AsyncContext unanswered = request.startAsync();
      unanswered.setTimeout(UNANSWERED_MS);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : null;
  }

  private boolean isKey(@Nullable String key) {
    return key != null && MessageDigest.isEqual(key.getBytes(UTF_8), apiKey);
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", "Incorrect API key provided.")
        .put("type", "invalid_request_error")
        .putNull("param")
        .put("code", "invalid_api_key");
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    response.setContentType("application/json");
    response.getWriter().write(body.toString());
  }
}
