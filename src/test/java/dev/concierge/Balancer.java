package dev.concierge;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.OptionMap;

/**
 * A load balancer in front of two instances, such that no call stays on one: clients are served by
 * one instance, media streams by the other, and the callbacks of each call by both in turn.
 */
final class Balancer implements AutoCloseable {

  /** Where a request was sent. */
  record Routed(String path, int instance) {}

  private static final String STREAM = "/media-stream";

  private final List<HttpHandler> instances;
  private final Undertow server;
  private final Map<String, AtomicInteger> callbacks = new ConcurrentHashMap<>();
  private final Queue<Routed> routed = new ConcurrentLinkedQueue<>();
  private volatile int clients;
  private volatile boolean losesCallbacks;

  Balancer(int firstPort, int secondPort) {
    instances = List.of(proxy(firstPort), proxy(secondPort));
    server = Undertow.builder().addHttpListener(0, "localhost").setHandler(this::route).build();
    server.start();
  }

  private static HttpHandler proxy(int port) {
    var instance = new LoadBalancingProxyClient().setConnectionsPerThread(100);
    instance.addHost(URI.create("http://127.0.0.1:" + port), null, null, OptionMap.EMPTY);
    return ProxyHandler.builder().setProxyClient(instance).build();
  }

  private void route(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    if (losesCallbacks && path.startsWith("/twilio/")) {
      exchange.setStatusCode(502).endExchange();
      return;
    }
    // The JDK's client offers HTTP/2 this way, hop by hop; Undertow would pass half of it on.
    if (!path.equals(STREAM)) {
      exchange.getRequestHeaders().remove(Headers.UPGRADE);
      exchange.getRequestHeaders().remove("HTTP2-Settings");
    }
    int instance = instanceFor(path);
    routed.add(new Routed(path, instance));
    instances.get(instance).handleRequest(exchange);
  }

  private int instanceFor(String path) {
    if (path.startsWith("/twilio/")) {
      return callbacks.computeIfAbsent(path, key -> new AtomicInteger()).getAndIncrement() % 2;
    }
    return path.equals(STREAM) ? 1 - clients : clients;
  }

  URI url() {
    var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://localhost:" + address.getPort());
  }

  /** From now on clients are served by this instance, and new media streams by the other one. */
  void serveClientsBy(int instance) {
    clients = instance;
  }

  /** Whether callbacks arrive from now on. */
  void loseCallbacks(boolean lose) {
    losesCallbacks = lose;
  }

  /** The instances that served requests whose path begins so. */
  List<Integer> servedBy(String path) {
    return routed.stream()
        .filter(each -> each.path().startsWith(path))
        .map(Routed::instance)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    server.stop();
  }
}
