package dev.concierge.realtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.jspecify.annotations.Nullable;

/** The head of an HTTP/1.1 request as bytes, and that of its answer from bytes (RFC 9112). Pure. */
final class HttpHead {

  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int LAST_INTERIM = 199;

  private final Answer answer = new Answer();
  private final HttpParser parser = new HttpParser(answer, MAX_ANSWER_BYTES);

  /**
   * A request without a body.
   *
   * @param target as it is written: encoded
   */
  static ByteBuffer request(String method, String target, Map<String, List<String>> headers) {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, values) ->
            head.append(name).append(": ").append(String.join(", ", values)).append("\r\n"));
    head.append("\r\n");
    return ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Takes what is of the answer's head and leaves what follows it. Interim answers, such as 103,
   * are passed over (RFC 9110, 15.2).
   *
   * @return the answer, or {@code null} while it is not whole
   * @throws HttpException.RuntimeException if it is no answer, or longer than 16 KB
   */
  @Nullable UpgradeResponse read(ByteBuffer input) {
    do {
      if (answer.isInterim()) {
        answer.forget();
        parser.reset();
      }
      parser.parseNext(input);
      if (answer.fault != null) {
        throw answer.fault;
      }
    } while (answer.isInterim() && input.hasRemaining());
    return answer.whole && !answer.isInterim() ? answer.response : null;
  }

  private static final class Answer implements HttpParser.ResponseHandler {

    UpgradeResponse response = new TyrusUpgradeResponse();
    boolean whole;
    HttpException.@Nullable RuntimeException fault;

    boolean isInterim() {
      int status = response.getStatus();
      return whole && status <= LAST_INTERIM && status != SWITCHING_PROTOCOLS;
    }

    void forget() {
      response = new TyrusUpgradeResponse();
      whole = false;
    }

    @Override
    public void startResponse(HttpVersion version, int status, String reason) {
      response.setStatus(status);
      response.setReasonPhrase(reason);
    }

    @Override
    public void parsedHeader(HttpField field) {
      response
          .getHeaders()
          .computeIfAbsent(field.getName(), name -> new ArrayList<>())
          .add(field.getValue());
    }

    @Override
    public boolean headerComplete() {
      whole = true;
      return true;
    }

    @Override
    public boolean content(ByteBuffer item) {
      return true;
    }

    @Override
    public boolean contentComplete() {
      return true;
    }

    @Override
    public boolean messageComplete() {
      return true;
    }

    @Override
    public void earlyEOF() {
      // Whoever reads sees the end, too.
    }

    @Override
    public void badMessage(HttpException failure) {
      fault = new HttpException.RuntimeException(failure.getCode(), failure.getReason());
    }
  }
}
