package dev.concierge.realtime;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.Model;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.bridge.ModelLeg;
import dev.concierge.call.EndedReason;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.ThreadPoolConfig;

/**
 * A service that speaks OpenAI's Realtime protocol.
 *
 * <p>Safe for use by many threads. All sessions share a few threads that read and write; opening a
 * socket blocks a thread, so a bounded pool of its own does that.
 *
 * <p>A service that takes a connection and never answers the upgrade costs that connection until it
 * lets go of it: Tyrus gives nobody the means to close it.
 */
public final class RealtimeModel implements Model, AutoCloseable {

  /** How long the service may take to answer the upgrade. */
  private static final int HANDSHAKE_TIMEOUT_MS = 5_000;

  /** How long a session may take to get ready; the callee hears nothing meanwhile. */
  private static final int READY_TIMEOUT_MS = 8_000;

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
  private final ClientEndpointConfig endpointConfig;
  private final SessionSettings settings;
  private final ClientManager client = sharedClient();
  private final ThreadPoolExecutor connects = connectThreads();
  private final ScheduledThreadPoolExecutor deadlines =
      new ScheduledThreadPoolExecutor(1, daemons("realtime-deadline"));

  public RealtimeModel(RealtimeAddress address, SessionSettings settings) {
    url = address.connectUrl();
    endpointConfig =
        ClientEndpointConfig.Builder.create().configurator(new KeyHeader(address)).build();
    this.settings = settings;
  }

  @Override
  public ModelLeg connect(AgentProfile profile, Consumer<ModelEvent> events) {
    RealtimeSession session = new RealtimeSession(profile, settings, events);
    try {
      Future<?> connecting = connects.submit(() -> open(session));
      Future<?> unused =
          deadlines.schedule(
              () -> giveUp(session, connecting), READY_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      session.lose(EndedReason.MODEL_UNREACHABLE, "too many sessions wait to be opened");
    }
    return session;
  }

  private void open(RealtimeSession session) {
    if (session.isOver()) {
      return;
    }
    try {
      client.connectToServer(new RealtimeEndpoint(session), endpointConfig, url);
    } catch (DeploymentException | IOException | RuntimeException e) {
      ConnectFailure failure = ConnectFailure.of(url, e);
      session.lose(failure.reason(), failure.detail());
    }
  }

  private static void giveUp(RealtimeSession session, Future<?> connecting) {
    if (!session.isReady()) {
      session.lose(EndedReason.MODEL_UNREACHABLE, "not ready within " + READY_TIMEOUT_MS + " ms");
      connecting.cancel(true);
    }
  }

  /** Opens no more sessions. Those that are open are ended by their conversations, before this. */
  @Override
  public void close() {
    deadlines.shutdownNow();
    connects.shutdownNow();
    client.shutdown();
  }

  /**
   * {@link ClientManager#createClient()} because the standard way to get a client finds Jetty's.
   * One shared container, because by default every connection gets threads of its own.
   */
  private static ClientManager sharedClient() {
    ClientManager client = ClientManager.createClient();
    int workers = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    Map<String, Object> properties = client.getProperties();
    properties.put(ClientProperties.SHARED_CONTAINER, true);
    properties.put(ClientProperties.HANDSHAKE_TIMEOUT, HANDSHAKE_TIMEOUT_MS);
    properties.put(ClientProperties.INCOMING_BUFFER_SIZE, MAX_MESSAGE_BYTES);
    properties.put(
        ClientProperties.WORKER_THREAD_POOL_CONFIG,
        ThreadPoolConfig.defaultConfig()
            .setPoolName("realtime")
            .setDaemon(true)
            .setCorePoolSize(workers)
            .setMaxPoolSize(workers));
    client.setDefaultMaxTextMessageBufferSize(MAX_MESSAGE_BYTES);
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
            daemons("realtime-connect"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
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
