package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.junit.jupiter.api.Test;

class RealtimeSocketTest {

  private final List<CompletionHandler<ByteBuffer>> written = new ArrayList<>();
  private final List<Throwable> told = new ArrayList<>();
  private boolean open = true;

  private final RealtimeSocket socket =
      new RealtimeSocket(session(), new NotingWriter(), new MaskingKeys());

  @Test
  void aWrittenMessageIsToldOfWithoutAFault() {
    socket.send(new byte[0][], told::add);
    assertThat(told).isEmpty();

    written.get(0).completed(ByteBuffer.allocate(0));

    assertThat(told).containsOnlyNulls();
  }

  @Test
  void aMessageThatFailedIsToldOfWithItsFault() {
    IOException fault = new IOException("Broken pipe");
    socket.send(new byte[0][], told::add);

    written.get(0).failed(fault);

    assertThat(told).containsExactly(fault);
  }

  /** RFC 6455, 5.5.1: nothing may follow a Close, which waits in the same queue. */
  @Test
  void nothingIsWrittenOnceTheSocketIsClosed() {
    open = false;

    socket.send(new byte[0][], told::add);

    assertThat(written).isEmpty();
    assertThat(told).singleElement().isInstanceOf(IOException.class);
  }

  /** Tyrus throws more than it declares when a socket closes meanwhile. */
  @Test
  void aSocketThatCannotBePingedIsSaidToBeSo() {
    assertThat(socket.ping()).isFalse();
  }

  /** Can say whether it is open, and nothing else. */
  private Session session() {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isOpen")) {
                return open;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private final class NotingWriter extends Writer {
    @Override
    public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
      written.add(handler);
    }

    @Override
    public void close() {}
  }
}
