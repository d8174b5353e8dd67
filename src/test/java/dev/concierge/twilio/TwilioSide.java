package dev.concierge.twilio;

import dev.concierge.call.LedgerEntry;
import dev.concierge.call.PhoneNumber;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application of nothing but the Twilio side, behind a proxy with another name than its own. */
public final class TwilioSide extends Application<Configuration> {

  static final String TOKEN = "the-auth-token";
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final PublicUrl PUBLIC_URL = new PublicUrl(URI.create("https://concierge.example/desk"));

  final List<LedgerEntry> spooled = new CopyOnWriteArrayList<>();
  final RecordingLedger ledger = new RecordingLedger();
  final RecordingConversations conversations = new RecordingConversations();
  final StreamParameters parameters = new StreamParameters("secret", Clock.systemUTC());
  final FakeCallsApi callsApi;

  public TwilioSide() {
    try {
      callsApi = new FakeCallsApi();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DropwizardAppExtension<Configuration> extension() {
    return new DropwizardAppExtension<>(
        TwilioSide.class,
        null,
        ConfigOverride.config("server.applicationConnectors[0].port", "0"),
        ConfigOverride.config("server.adminConnectors[0].port", "0"));
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    var account =
        new TwilioAccount("AC1", TOKEN, new PhoneNumber("+14155550199"), callsApi.baseUrl());
    var carrier =
        new TwilioCarrier(account, PUBLIC_URL, new CallTwiml(PUBLIC_URL, parameters, null), false);
    var timer = environment.lifecycle().scheduledExecutorService("deadlines").build();
    new MediaStreams(
            PUBLIC_URL, account, parameters, conversations, carrier, Clock.systemUTC(), timer)
        .install(environment);
    environment.jersey().register(new TwilioSignatureFilter(PUBLIC_URL, account));
    environment
        .jersey()
        .register(
            new TwilioWebhooks(
                ledger,
                spooled::add,
                carrier,
                conversations,
                Clock.fixed(NOW, ZoneOffset.UTC),
                environment.metrics()));
  }
}
