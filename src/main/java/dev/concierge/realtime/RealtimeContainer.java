package dev.concierge.realtime;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.EndpointConfig;
import java.util.Map;
import java.util.Objects;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.Connection.CloseListener;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Tyrus's sockets opened by a {@link RealtimeConnector}, and gives an endpoint the {@link
 * Writer} that takes its socket's frames, which Tyrus keeps to itself.
 *
 * <p>Public because Tyrus makes it, by its name.
 */
public final class RealtimeContainer implements ClientContainer {

  private static final Logger LOG = LoggerFactory.getLogger(RealtimeContainer.class);
  private static final String WRITER = Writer.class.getName();
  private static final String CONNECTOR = RealtimeConnector.class.getName();

  /** Has the socket of this configuration opened by a connector. */
  static void use(RealtimeConnector connector, ClientEndpointConfig config) {
    config.getUserProperties().put(CONNECTOR, connector);
  }

  /** Begins to open a socket; the engine is told what came of it. */
  @Override
  public void openClientSocket(
      ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine) {
    var connector = (RealtimeConnector) property(config, CONNECTOR);
    connector.open(engine.createUpgradeRequest(null), new TappedEngine(engine, config));
  }

  /**
   * The writer of an open socket: it takes whole frames, from any thread, and queues without limit.
   *
   * @param config the socket's, and no other socket's
   */
  static Writer writer(EndpointConfig config) {
    return (Writer) property(config, WRITER);
  }

  private static Object property(EndpointConfig config, String name) {
    return Objects.requireNonNull(config.getUserProperties().get(name));
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
      try {
        engine.processError(fault);
      } catch (IllegalStateException upgraded) {
        // The engine takes no fault once it has said yes; whoever waits for the socket gives up.
        LOG.warn("The model's socket failed as it was upgraded", fault);
      }
    }
  }
}
