package dev.concierge.sandbox.carrier;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts signed forms to the customer's addresses. Thread-safe. */
final class Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

  /** Twilio's total for one delivery; not scaled by the sandbox's clock. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private static final int SERVER_ERROR = 500;

  private final HttpClient http;
  private final TwilioSignature signature;

  Webhooks(HttpClient http, TwilioSignature signature) {
    this.http = http;
    this.signature = signature;
  }

  /**
   * Delivers a form, with one more attempt if the first fails, as Twilio's default is.
   *
   * @return done when it was delivered or given up; never fails
   */
  CompletableFuture<Void> post(String url, Map<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header(TwilioSignature.HEADER, signature.sign(url, form))
            .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
            .build();
    return attempt(request)
        .exceptionallyCompose(first -> attempt(request))
        .exceptionally(
            second -> {
              LOG.warn("a callback to {} was given up: {}", url, second.toString());
              return null;
            });
  }

  private CompletableFuture<Void> attempt(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenCompose(
            response ->
                response.statusCode() < SERVER_ERROR
                    ? CompletableFuture.<Void>completedFuture(null)
                    : CompletableFuture.failedFuture(
                        new IOException("status " + response.statusCode())));
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
