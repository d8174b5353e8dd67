package dev.concierge.sandbox;

import dev.concierge.sandbox.carrier.SandboxCarrier;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.model.SandboxModel;
import dev.concierge.sandbox.voice.Voices;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One server that is a Twilio and a voice model: point the service's addresses at it and nothing
 * else differs.
 */
public final class Sandbox {

  /** Small, so that a client feels it soon when a fault has us read no more. */
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

  private final String host;
  private final Server server = new Server(new QueuedThreadPool());
  private final ServerConnector connector = new ServerConnector(server);
  private final SandboxCarrier carrier;
  private final SandboxModel model;

  /** A sandbox at which nobody looks on. */
  public Sandbox(SandboxSettings settings) {
    this(settings, WireWatch.NONE);
  }

  /**
   * A sandbox whose audio is looked at.
   *
   * @throws IllegalArgumentException if a setting or a host's file is wrong
   */
  public Sandbox(SandboxSettings settings, WireWatch watch) {
    host = settings.host();
    connector.setHost(host);
    connector.setPort(settings.port());
    connector.setAcceptedReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    server.addConnector(connector);
    SandboxTime time = new SandboxTime(settings.speed());
    Voices voices = new Voices();
    ModelFaults modelFaults = new ModelFaults();
    carrier =
        new SandboxCarrier(
            time,
            voices,
            settings.accountSid(),
            settings.authToken(),
            watch,
            settings.hostsDirectory(),
            modelFaults);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(carrier.servlet()), SandboxCarrier.PATH);
    model = new SandboxModel(time, voices, settings.apiKey(), watch, modelFaults);
    JakartaWebSocketServletContainerInitializer.configure(context, model::mount);
    server.setHandler(context);
  }

  /**
   * Opens the port.
   *
   * @throws Exception if it cannot, as when the port is taken
   */
  public void start() throws Exception {
    server.start();
    carrier.start();
  }

  /** Hangs up all calls and closes all sockets; no thread of it is left. */
  public void stop() throws Exception {
    carrier.stop();
    server.stop();
    model.close();
  }

  /**
   * What was understood by whoever picked up a call, line by line; an empty line where there was
   * speech that could not be understood.
   *
   * @param callSid Twilio's name for the call; for one that is not known there are no lines
   */
  public List<String> heard(String callSid) {
    return carrier.heard(callSid);
  }

  /** How many sockets of both wires are open. */
  public int openSockets() {
    return carrier.openSockets() + model.openSockets();
  }

  /** The address that stands in for {@code https://api.twilio.com}; once it is started. */
  public URI twilioUrl() {
    return URI.create("http://" + host + ":" + connector.getLocalPort());
  }

  /**
   * The address that stands in for {@code wss://api.openai.com/v1/realtime}; once it is started.
   */
  public URI realtimeUrl() {
    return URI.create("ws://" + host + ":" + connector.getLocalPort() + SandboxModel.PATH);
  }
}
