package dev.concierge.realtime;

import dev.concierge.call.EndedReason;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * Opens the sockets under the sessions of one service.
 *
 * <p>Safe for use by many threads. All sockets share a few threads that read and write; opening one
 * blocks a thread, so a bounded pool of its own does that.
 */
final class RealtimeSockets implements AutoCloseable {

  /** How long it may take to connect, with TLS, and to have the upgrade answered. */
  private static final int HANDSHAKE_TIMEOUT_MS = 5_000;

  /** Audio comes in messages of up to some hundred kilobytes of base64. */
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  /** Enough to open dozens of sessions a second; each takes a fraction of a second. */
  private static final int CONNECT_THREADS = 16;

  /** Whoever waits behind that many would not get ready in time. */
  private static final int MAX_WAITING_CONNECTS = 256;

  /** At finer levels Tyrus logs headers, with the key, and messages, with what was said. */
  private static final Logger TYRUS_LOG = Logger.getLogger("org.glassfish.tyrus");

  static {
    TYRUS_LOG.setLevel(Level.INFO);
  }

  private final URI url;
  private final KeyHeader keyHeader;
  private final MaskingKeys maskingKeys = new MaskingKeys();
  private final RealtimeConnector connector =
      new RealtimeConnector(sharedTls(), Duration.ofMillis(HANDSHAKE_TIMEOUT_MS));
  private final ClientManager client = client(maskingKeys);
  private final ThreadPoolExecutor connects = connectThreads();

  RealtimeSockets(RealtimeAddress address) {
    url = address.connectUrl();
    keyHeader = new KeyHeader(address);
  }

  /**
   * Opens a session's socket, or loses the session. Returns at once.
   *
   * @return cancel it to stop opening
   */
  Future<?> open(RealtimeSession session) {
    try {
      return connects.submit(() -> openNow(session));
    } catch (RejectedExecutionException e) {
      String why =
          connects.isShutdown() ? "the service stops" : "too many sessions wait to be opened";
      session.lose(EndedReason.MODEL_UNREACHABLE, why);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void openNow(RealtimeSession session) {
    if (session.isOver()) {
      return;
    }
    try {
      client.connectToServer(new RealtimeEndpoint(session, maskingKeys), newConfig(), url);
    } catch (DeploymentException | IOException | RuntimeException e) {
      ConnectFailure failure = ConnectFailure.of(url, e);
      session.lose(failure.reason(), failure.detail());
    }
  }

  /**
   * One for each socket, because it carries the socket's {@link RealtimeContainer#writer}: with a
   * shared one, what one call says could go to another's session.
   */
  private ClientEndpointConfig newConfig() {
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create().configurator(keyHeader).build();
    RealtimeContainer.use(connector, config);
    return config;
  }

  /** The JVM's own, for all sockets: Tyrus would read the JVM's trust store anew for each. */
  private static SSLContext sharedTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The JVM's trust store cannot be used: " + e.getCause(), e);
    }
  }

  /** Opens no more sockets. Those that are open are closed by their sessions, before this. */
  @Override
  public void close() {
    connects.shutdownNow();
    client.shutdown();
    connector.close();
  }

  /**
   * {@link ClientManager#createClient(String)} because the standard way to get a client finds
   * Jetty's.
   */
  private static ClientManager client(MaskingKeys maskingKeys) {
    ClientManager client = ClientManager.createClient(RealtimeContainer.class.getName());
    Map<String, Object> properties = client.getProperties();
    properties.put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
    properties.put(ClientProperties.INCOMING_BUFFER_SIZE, MAX_MESSAGE_BYTES);
    properties.put(ClientProperties.MASKING_KEY_GENERATOR, maskingKeys);
    client.setDefaultMaxTextMessageBufferSize(MAX_MESSAGE_BYTES);
    // Tyrus takes 0, its default, for a limit, and sets a timer anew for every message.
    client.setDefaultMaxSessionIdleTimeout(-1);
    return client;
  }

  private static ThreadPoolExecutor connectThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            CONNECT_THREADS,
            CONNECT_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_CONNECTS),
            new DaemonThreads("realtime-connect"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Puts the key into the upgrade request. */
  private static final class KeyHeader extends ClientEndpointConfig.Configurator {

    private final RealtimeAddress address;

    KeyHeader(RealtimeAddress address) {
      this.address = address;
    }

    @Override
    public void beforeRequest(Map<String, List<String>> headers) {
      // Tyrus names the service itself as the origin; only a browser has one.
      headers.remove("Origin");
      headers.put(address.keyHeader(), List.of(address.keyHeaderValue()));
    }
  }
}
