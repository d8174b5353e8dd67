package dev.concierge.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.concierge.Behaviour;
import dev.concierge.call.Brief;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service that shuts down takes no new streams. */
@ExtendWith(DropwizardExtensionsSupport.class)
class StreamClosingTest {

  private static final DropwizardAppExtension<Configuration> APP = TwilioSide.extension();

  private final TwilioSide side = APP.getApplication();
  private final Brief brief = Briefs.at("Chez Nous");

  @Test
  @Behaviour(59)
  void aNewStreamIsRefusedWithoutHarmToOneThatRuns() {
    TwilioSocket running =
        TwilioSocket.signed(APP.getLocalPort()).started("MZ1", "CA1", side.parameters, brief);
    await().until(() -> side.conversations.count() == 1);
    side.conversations.close();
    assertThat(statusOfUpgradeWith(TwilioSocket.signature())).isEqualTo(503);
    assertThat(statusOfUpgradeWith("wrong")).as("a stranger").isEqualTo(403);
    running.media("MZ1", 0, new byte[160]);
    var conversation = side.conversations.of(brief.callId()).get(0);
    await().until(() -> conversation.events().size() == 1);
  }

  private static int statusOfUpgradeWith(String signature) {
    var failure =
        catchThrowableOfType(
            CompletionException.class,
            () -> TwilioSocket.withSignature(APP.getLocalPort(), signature));
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }
}
