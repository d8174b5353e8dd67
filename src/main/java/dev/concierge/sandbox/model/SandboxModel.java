package dev.concierge.sandbox.model;

import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sandbox's voice model: speaks the Realtime protocol at {@value #PATH} with validation as
 * strict as the vendor's, hears and speaks real audio, and books tables by a script.
 *
 * <p>Thread-safe. All sessions share two threads for what they do by themselves; {@link #close}
 * ends them.
 */
public final class SandboxModel implements AutoCloseable {

  /** Where the socket is. Takes {@code ?model=}, any name. */
  public static final String PATH = "/v1/realtime";

  private static final int THREADS = 2;

  /** A client that takes nothing for so long is gone. */
  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

  private final SandboxTime time;
  private final WireWatch watch;
  private final Voices voices;
  private final String apiKey;
  private final ModelFaults faults;
  private final AtomicInteger open = new AtomicInteger();
  private final ScheduledThreadPoolExecutor scheduler;

  /**
   * @param voices the same as the callers', or it does not understand them
   * @param apiKey what clients must present
   * @param watch told of all sessions' audio
   * @param faults what is in store for the sessions to come
   */
  public SandboxModel(
      SandboxTime time, Voices voices, String apiKey, WireWatch watch, ModelFaults faults) {
    this.time = time;
    this.voices = voices;
    this.apiKey = apiKey;
    this.watch = watch;
    this.faults = faults;
    scheduler = new ScheduledThreadPoolExecutor(THREADS, daemons());
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /**
   * Serves the protocol in that web server. To be called in the callback of {@code
   * JakartaWebSocketServletContainerInitializer.configure}, or the check of the key comes too late.
   */
  public void mount(ServletContext context, ServerContainer container) throws DeploymentException {
    var admission = context.addFilter("realtime-admission", new Admission(apiKey, faults));
    admission.setAsyncSupported(true);
    admission.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, PATH);
    container.setAsyncSendTimeout(SEND_TIMEOUT.toMillis());
    container.addEndpoint(
        ServerEndpointConfig.Builder.create(RealtimeEndpoint.class, PATH)
            .configurator(new Handshake())
            .build());
  }

  /** How many clients' sockets are open. */
  public int openSockets() {
    return open.get();
  }

  /** Ends what sessions have yet to do. Their sockets end with the web server. */
  @Override
  public void close() {
    scheduler.shutdownNow();
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "sandbox-model");
      thread.setDaemon(true);
      return thread;
    };
  }

  private final class Handshake extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      boolean beta = !request.getHeaders().getOrDefault("OpenAI-Beta", List.of()).isEmpty();
      config.getUserProperties().put(RealtimeEndpoint.BETA, beta);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(
          new RealtimeEndpoint(voices, scheduler, time, new SessionWatch(watch), faults, open));
    }
  }
}
