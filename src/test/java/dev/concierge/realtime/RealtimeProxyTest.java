package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.agent.AgentProfile;
import dev.concierge.bridge.ModelEvent;
import dev.concierge.call.EndedReason;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Through the proxy that the JVM was told of. */
class RealtimeProxyTest {

  private static final AgentProfile PROFILE = new AgentProfile("Be kind.", "en", List.of());

  private final TakenEvents events = new TakenEvents();

  @Test
  void aSessionIsSetUpThroughTheProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy();
        RealtimeServer server = RealtimeServer.wellBehaved();
        RealtimeModel model = RealtimeModelTest.model(server.url())) {
      model.connect(PROFILE, events);

      events.await(ModelEvent.Ready.class);

      String service = "localhost:" + server.url().getPort();
      assertThat(proxy.asked())
          .containsExactly("CONNECT " + service + " HTTP/1.1\r\nHost: " + service);
    }
  }

  @Test
  void aProxyThatRefusesMakesTheServiceUnreachable() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy();
        RealtimeModel model = RealtimeModelTest.model(URI.create("ws://refused.example/v1"))) {
      model.connect(PROFILE, events);

      ModelEvent.Lost lost = events.await(ModelEvent.Lost.class);

      assertThat(lost.reason()).isEqualTo(EndedReason.MODEL_UNREACHABLE);
      assertThat(lost.detail()).contains("the proxy answered 403");
      assertThat(proxy.asked()).hasSize(1);
    }
  }
}
