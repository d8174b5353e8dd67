package dev.concierge.realtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.glassfish.tyrus.core.HandshakeException;
import org.glassfish.tyrus.core.Utils;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.ClientEngine.ClientUpgradeStatus;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for Tyrus on Jetty's selectors, with or without TLS, directly or through the
 * proxy that the JVM was told of ({@code https.proxyHost}). What comes on them is handled by the
 * thread that found it; Tyrus's own containers wake another thread for every message.
 *
 * <p>Safe for use by many threads.
 */
final class RealtimeConnector implements AutoCloseable {

  /** Each carries hundreds of calls; without a bound Jetty finds the workers too few. */
  private static final int MAX_SELECTORS = 8;

  /** Besides those that wait for the sockets: they set up TLS and answer upgrades. */
  private static final int WORKERS = 8;

  private static final int OK = 200;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ClientConnector connector = new ClientConnector();

  /**
   * @param tls what a {@code wss} socket trusts
   * @param timeout for connecting, and again for each answer, TLS included
   */
  RealtimeConnector(SSLContext tls, Duration timeout) {
    int processors = Runtime.getRuntime().availableProcessors();
    int selectors = Math.max(1, Math.min(processors / 2, MAX_SELECTORS));
    var threads = new QueuedThreadPool(selectors + WORKERS, 1);
    threads.setName("realtime");
    threads.setDaemon(true);
    connector.setExecutor(threads);
    connector.setScheduler(new ScheduledExecutorScheduler("realtime-timeouts", true));
    connector.setSelectors(selectors);
    connector.setConnectTimeout(timeout);
    connector.setIdleTimeout(timeout);
    var trust = new SslContextFactory.Client();
    trust.setSslContext(tls);
    connector.setSslContextFactory(trust);
    LifeCycle.start(connector);
  }

  /** Returns as soon as names are resolved; the engine is told of everything else. */
  void open(UpgradeRequest request, ClientEngine engine) {
    if (!connector.isRunning()) {
      engine.processError(new IOException("the model's sockets are closed"));
      return;
    }
    URI uri = request.getRequestURI();
    boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
    ClientConnectionFactory plain = (endPoint, context) -> upgrade(endPoint, request, engine);
    ClientConnectionFactory direct =
        secure ? connector.newSslClientConnectionFactory(null, plain) : plain;
    InetSocketAddress service =
        InetSocketAddress.createUnresolved(uri.getHost(), Utils.getWsPort(uri));
    InetSocketAddress proxy = proxy(service);
    InetSocketAddress peer = resolved(proxy == null ? service : proxy);
    if (peer.isUnresolved()) {
      engine.processError(new UnknownHostException(peer.getHostString()));
      return;
    }
    Map<String, Object> context = new HashMap<>();
    context.put(Transport.CONTEXT_KEY, Transport.TCP_IP);
    context.put(
        ClientConnector.CONNECTION_PROMISE_CONTEXT_KEY,
        Promise.from(connection -> {}, engine::processError));
    context.put(
        ClientConnectionFactory.CONTEXT_KEY,
        proxy == null ? direct : throughProxy(service, direct, engine));
    connector.connect(peer, context);
  }

  private static InetSocketAddress resolved(InetSocketAddress address) {
    return new InetSocketAddress(address.getHostString(), address.getPort());
  }

  /** As for {@code https}, also without TLS: a WebSocket needs a tunnel (RFC 6455, 4.1). */
  private static @Nullable InetSocketAddress proxy(InetSocketAddress service) {
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return null;
    }
    URI asked = URI.create("https://" + service.getHostString() + ":" + service.getPort());
    List<Proxy> proxies = selector.select(asked);
    boolean found = !proxies.isEmpty() && proxies.get(0).type() == Proxy.Type.HTTP;
    return found ? (InetSocketAddress) proxies.get(0).address() : null;
  }

  private ClientConnectionFactory throughProxy(
      InetSocketAddress service, ClientConnectionFactory direct, ClientEngine engine) {
    String host = service.getHostString() + ":" + service.getPort();
    ByteBuffer connect = HttpHead.request("CONNECT", host, Map.of("Host", List.of(host)));
    return (endPoint, context) -> {
      // TLS is for the service, which has to prove this name.
      context.put(ClientConnector.REMOTE_SOCKET_ADDRESS_CONTEXT_KEY, service);
      return exchange(
          endPoint,
          connect,
          engine,
          answer -> {
            if (answer.getStatus() != OK) {
              throw new IOException("the proxy answered " + answer.getStatus());
            }
            endPoint.upgrade(direct.newConnection(endPoint, context));
          });
    };
  }

  private HttpExchange upgrade(EndPoint endPoint, UpgradeRequest request, ClientEngine engine) {
    URI uri = request.getRequestURI();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return exchange(
        endPoint,
        HttpHead.request("GET", target, request.getHeaders()),
        engine,
        answer -> becomeSocket(endPoint, answer, engine));
  }

  private HttpExchange exchange(
      EndPoint endPoint, ByteBuffer request, ClientEngine engine, HttpExchange.Next next) {
    return new HttpExchange(endPoint, connector, request, next, engine::processError);
  }

  private void becomeSocket(EndPoint endPoint, UpgradeResponse answer, ClientEngine engine)
      throws HandshakeException {
    int status = answer.getStatus();
    if (status != SWITCHING_PROTOCOLS) {
      // Tyrus does not get to see it: it would log in, or go elsewhere.
      throw new HandshakeException(status, "the service answered with " + status);
    }
    endPoint.setIdleTimeout(0);
    FrameWriter writer = new FrameWriter(endPoint, connector.getScheduler());
    ClientEngine.ClientUpgradeInfo upgrade =
        engine.processResponse(answer, writer, reason -> writer.close());
    if (upgrade.getUpgradeStatus() != ClientUpgradeStatus.SUCCESS) {
      endPoint.close();
      return;
    }
    var connection =
        new RealtimeConnection(
            endPoint,
            connector.getExecutor(),
            connector.getByteBufferPool(),
            upgrade.createConnection());
    endPoint.upgrade(connection);
    if (!endPoint.isOpen()) {
      // It may have been closed before it was this connection's.
      connection.onClose(null);
    }
  }

  /** Ends all its connections. */
  @Override
  public void close() {
    LifeCycle.stop(connector);
  }
}
