package dev.concierge.twilio;

import dev.concierge.bridge.Conversations;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.Duration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;

/**
 * The WebSocket endpoint to which Twilio streams calls. Every connection has objects of its own,
 * and shares nothing with another.
 */
public final class MediaStreams {

  /** Where it is, under the public URL as well as under ours. */
  public static final String PATH = "/media-stream";

  /** How long a peer may take to read what it was sent, before its socket is freed. */
  private static final long SEND_TIMEOUT_MS = 5_000;

  /** Twilio sends 50 messages a second, also while nobody speaks: one that is silent is gone. */
  private static final long IDLE_TIMEOUT_MS = 10_000;

  private static final int FAREWELL_THREADS = 8;
  private static final int FAREWELLS_WAITING = 256;

  private final PublicUrl publicUrl;
  private final TwilioAccount account;
  private final StreamParameters parameters;
  private final Conversations conversations;
  private final TwilioCarrier carrier;
  private final Clock clock;
  private final ScheduledExecutorService timer;

  /**
   * @param timer for deadlines that take no time to keep; owned by the caller
   */
  public MediaStreams(
      PublicUrl publicUrl,
      TwilioAccount account,
      StreamParameters parameters,
      Conversations conversations,
      TwilioCarrier carrier,
      Clock clock,
      ScheduledExecutorService timer) {
    this.publicUrl = publicUrl;
    this.account = account;
    this.parameters = parameters;
    this.conversations = conversations;
    this.carrier = carrier;
    this.clock = clock;
    this.timer = timer;
  }

  /** Has the application serve the endpoint from its start on. */
  public void install(Environment environment) {
    var farewell = new Farewell(carrier, farewellThreads(environment), timer);
    JakartaWebSocketServletContainerInitializer.configure(
        environment.getApplicationContext(),
        (context, container) -> {
          checkSignatures(context);
          refuseWhenClosing(context);
          TextAsBytes.register(environment.getApplicationContext());
          serve(container, () -> endpoint(farewell));
        });
  }

  private static ExecutorService farewellThreads(Environment environment) {
    return environment
        .lifecycle()
        .executorService("farewell-%d")
        .minThreads(FAREWELL_THREADS)
        .maxThreads(FAREWELL_THREADS)
        .allowCoreThreadTimeOut(true)
        .keepAliveTime(Duration.minutes(1))
        .workQueue(new ArrayBlockingQueue<>(FAREWELLS_WAITING))
        .build();
  }

  /**
   * Here, and not where Dropwizard adds its filters, because Jetty upgrades requests before those
   * have seen them; a filter that is first in this context is first of all.
   */
  private void checkSignatures(ServletContext context) {
    var filter =
        context.addFilter("media-stream-signature", new StreamSignatureFilter(publicUrl, account));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, PATH);
  }

  /** After the check of the signature: a stranger need not know. */
  private void refuseWhenClosing(ServletContext context) {
    var filter = context.addFilter("media-stream-closing", new ClosingFilter(conversations));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, PATH);
  }

  private static void serve(ServerContainer container, Supplier<MediaStreamEndpoint> endpoints)
      throws DeploymentException {
    container.setAsyncSendTimeout(SEND_TIMEOUT_MS);
    container.setDefaultMaxSessionIdleTimeout(IDLE_TIMEOUT_MS);
    container.addEndpoint(
        ServerEndpointConfig.Builder.create(MediaStreamEndpoint.class, PATH)
            .configurator(new PerConnection(endpoints))
            .build());
  }

  private MediaStreamEndpoint endpoint(Farewell farewell) {
    return new MediaStreamEndpoint(
        socket -> new MediaStreamSession(socket, parameters, conversations, farewell, clock),
        timer);
  }

  private static final class PerConnection extends ServerEndpointConfig.Configurator {

    private final Supplier<MediaStreamEndpoint> endpoints;

    PerConnection(Supplier<MediaStreamEndpoint> endpoints) {
      this.endpoints = endpoints;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoints.get());
    }

    /** None that was requested: compressing 20 ms of μ-law costs time and gains nothing. */
    @Override
    public List<Extension> getNegotiatedExtensions(
        List<Extension> installed, List<Extension> requested) {
      return TextAsBytes.only(installed);
    }
  }
}
