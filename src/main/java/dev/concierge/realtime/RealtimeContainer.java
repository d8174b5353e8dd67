package dev.concierge.realtime;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.glassfish.tyrus.container.grizzly.client.GrizzlyClientContainer;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.Connection.CloseListener;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.Writer;

/**
 * Grizzly's sockets under Tyrus's protocol, which is Tyrus's default; but an endpoint can have the
 * {@link Writer} that takes its socket's frames, which Tyrus keeps to itself.
 *
 * <p>Public because Tyrus makes it, by its name.
 */
public final class RealtimeContainer implements ClientContainer {

  private static final String WRITER = Writer.class.getName();

  private final ClientContainer grizzly = new GrizzlyClientContainer();

  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
      throws DeploymentException, IOException {
    grizzly.openClientSocket(config, properties, new TappedEngine(engine, config));
  }

  /**
   * The writer of an open socket: it takes whole frames, from any thread, and queues without limit.
   *
   * @param config the socket's, and no other socket's
   */
  static Writer writer(EndpointConfig config) {
    return (Writer) Objects.requireNonNull(config.getUserProperties().get(WRITER));
  }

  /** Tyrus's engine of one socket, which leaves the writer where {@link #writer} finds it. */
  private record TappedEngine(ClientEngine engine, ClientEndpointConfig config)
      implements ClientEngine {

    @Override
    public UpgradeRequest createUpgradeRequest(TimeoutHandler timeoutHandler) {
      return engine.createUpgradeRequest(timeoutHandler);
    }

    @Override
    public ClientUpgradeInfo processResponse(
        UpgradeResponse response, Writer writer, CloseListener closeListener) {
      config.getUserProperties().put(WRITER, writer);
      return engine.processResponse(response, writer, closeListener);
    }

    @Override
    public void processError(Throwable fault) {
      engine.processError(fault);
    }
  }
}
