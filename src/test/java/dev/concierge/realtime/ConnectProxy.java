package dev.concierge.realtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A proxy that the JVM is told of while it is open. Whatever host it is asked for, it connects to
 * this machine; but {@code refused.example} it refuses.
 */
final class ConnectProxy extends ProxySelector implements AutoCloseable {

  private final ProxySelector usual = ProxySelector.getDefault();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final ServerSocket listener;

  ConnectProxy() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
    ProxySelector.setDefault(this);
  }

  /** The requests, without their last line end. */
  Queue<String> asked() {
    return asked;
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (!uri.getScheme().equals("https")) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(
        new Proxy(
            Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved("localhost", listener.getLocalPort())));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException fault) {
    // Nobody asks.
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        start(() -> serve(client));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private void serve(Socket client) {
    try {
      String request = readRequest(client.getInputStream());
      asked.add(request);
      if (request.contains("refused.example")) {
        answer(client, "403 Forbidden");
        return;
      }
      String port = request.substring(request.lastIndexOf(':') + 1);
      Socket service = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
      answer(client, "200 Connection established");
      start(() -> pass(client, service));
      pass(service, client);
    } catch (IOException closed) {
      // The client or the service went away; what the test waits for will say so.
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString().trim();
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // Either end went away.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "connect-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    ProxySelector.setDefault(usual);
    listener.close();
  }
}
