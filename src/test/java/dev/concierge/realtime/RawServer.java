package dev.concierge.realtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;

/** A server that answers the upgrade with whatever bytes a test wants, then reads nothing more. */
final class RawServer implements AutoCloseable {

  /** What is done with a socket whose request was read. */
  interface Answer {
    void to(Socket socket, String webSocketKey) throws Exception;
  }

  private final ServerSocket listener;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Answer answer;

  RawServer(Answer answer) throws IOException {
    this(ServerSocketFactory.getDefault(), answer);
  }

  /**
   * @param listeners makes what is listened on, in plain text or over TLS
   */
  RawServer(ServerSocketFactory listeners, Answer answer) throws IOException {
    this.listener = listeners.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread thread = new Thread(this::accept, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  static RawServer answering(int status) throws IOException {
    return answering(status, "");
  }

  static RawServer answering(int status, String headers) throws IOException {
    String answer = "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: 0\r\n\r\n";
    return new RawServer((socket, key) -> write(socket, answer));
  }

  static RawServer silent() throws IOException {
    return new RawServer((socket, key) -> {});
  }

  /** Lets the client in, sends the texts, and never reads again. */
  static RawServer stalling(String... texts) throws IOException {
    return new RawServer(
        (socket, key) -> {
          letIn(socket, key);
          for (String text : texts) {
            send(socket, text);
          }
        });
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(frame(text));
  }

  static void letIn(Socket socket, String key) throws Exception {
    write(
        socket,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n");
  }

  URI url() {
    return URI.create("ws://localhost:" + port() + "/v1/realtime");
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Whether the client closed its only connection; waits for it at most a second. */
  boolean sawTheEnd() throws IOException {
    Socket socket = sockets.element();
    socket.setSoTimeout(1_000);
    byte[] buffer = new byte[65_536];
    try {
      int read;
      do {
        read = socket.getInputStream().read(buffer);
      } while (read > 0);
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        answer.to(socket, readRequest(socket));
      } catch (Exception closed) {
        // The client or the test went away; what the test waits for will say so.
      }
    }
  }

  private static String readRequest(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    String key = "";
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).trim();
      }
    }
    return key;
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String accept(String key) throws Exception {
    byte[] told =
        (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(told));
  }

  /** One unmasked text frame of 126 to 65,535 bytes. */
  private static byte[] frame(String text) {
    byte[] payload = (text + " ".repeat(126)).getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[payload.length + 4];
    frame[0] = (byte) 0x81;
    frame[1] = 126;
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 4, payload.length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
