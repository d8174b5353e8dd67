package dev.concierge.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.exception.ApiConnectionException;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.Header;

/**
 * What carries the SDK's requests, in the place of its own client, which knows no other host than
 * Twilio's and sends every request again that was answered with a 5xx: a {@code POST /Calls}, too,
 * so that one request would ring a restaurant three times. This one repeats a GET, once, and never
 * anything else.
 *
 * <p>An answer that is no success becomes an {@link ApiException} with the HTTP status; no answer
 * becomes an {@link ApiConnectionException}. Safe for use by many threads.
 */
final class TwilioHttpClient extends HttpClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Header[] NO_HEADERS = {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String baseUrl;
  private final Duration answerTimeout;
  private final java.net.http.HttpClient http =
      java.net.http.HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .build();

  /**
   * @param answerTimeout from the request to the last byte of its answer
   */
  TwilioHttpClient(URI baseUrl, Duration answerTimeout) {
    this.baseUrl = baseUrl.toString().replaceAll("/+$", "");
    this.answerTimeout = answerTimeout;
  }

  /** Whether the request cannot have reached anybody. */
  static boolean wasNeverSent(ApiConnectionException e) {
    Throwable cause = e.getCause();
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  @Override
  public Response reliableRequest(Request request) {
    try {
      return makeRequest(request);
    } catch (ApiException e) {
      if (request.getMethod() == HttpMethod.GET && e.getStatusCode() >= 500) {
        return makeRequest(request);
      }
      throw e;
    }
  }

  @Override
  public Response makeRequest(Request request) {
    HttpResponse<String> answer = exchange(translated(request));
    if (answer.statusCode() >= 300) {
      throw failure(answer.statusCode(), answer.body());
    }
    return new Response(answer.body(), answer.statusCode(), NO_HEADERS);
  }

  private HttpRequest translated(Request request) {
    var translated =
        HttpRequest.newBuilder(URI.create(baseUrl + request.constructURL().getFile()))
            .header("Authorization", request.getAuthString())
            .header("Accept", "application/json");
    if (request.getMethod() == HttpMethod.GET) {
      return translated.build();
    }
    return translated
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .method(request.getMethod().toString(), BodyPublishers.ofString(request.encodeFormBody()))
        .build();
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new ApiConnectionException(String.valueOf(cause), cause);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new ApiConnectionException("no answer within " + answerTimeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new ApiConnectionException("interrupted while waiting for the answer", e);
    }
  }

  /** The SDK reads the status from the error's body, which need not have one. */
  private static ApiException failure(int status, String body) {
    JsonNode error = parse(body);
    Integer code =
        error.path("code").isInt() ? Integer.valueOf(error.get("code").intValue()) : null;
    String message = error.path("message").asText("HTTP " + status);
    return new ApiException(message, code, null, status, status, null, null, null);
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
