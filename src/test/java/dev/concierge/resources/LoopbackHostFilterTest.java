package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostFilterTest {

  private static TestService service;

  @BeforeAll
  static void start() {
    service =
        new TestService(
            environment -> environment.jersey().register(new LoopbackHostFilter(Set.of())));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LocalHost:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"})
  void thisMachineIsServed(String host) throws IOException {
    assertThat(statusFor(host)).contains("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.2",
        "10.0.0.1:8080",
      })
  void aNameThatSomebodyPointedAtUsIsNot(String host) throws IOException {
    assertThat(statusFor(host)).contains("403");
  }

  /** The JDK's client chooses the Host header itself. */
  private static String statusFor(String host) throws IOException {
    try (Socket socket = new Socket("localhost", service.port())) {
      String request = "GET /calls HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
