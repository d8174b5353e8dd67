package dev.concierge.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes problems of what the server refuses before JAX-RS sees it: bad requests and methods. */
final class ServerProblem extends ErrorHandler {

  private final ObjectMapper json;

  ServerProblem(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE.toString());
    response.write(true, ByteBuffer.wrap(problem(status)), callback);
  }

  private byte[] problem(int status) {
    boolean refused =
        status < HttpStatus.INTERNAL_SERVER_ERROR_500
            || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
    String detail =
        refused ? "The server does not take such a request." : "This is a fault of the service.";
    try {
      return json.writeValueAsBytes(
          new Problem(HttpStatus.getMessage(status), status, detail, null, List.of()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem can be written as JSON", e);
    }
  }
}
