package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.concierge.RunningService.Followed;
import dev.concierge.sandbox.Sandbox;
import dev.concierge.sandbox.SandboxSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the log tells of a whole call when it tells the most. */
@Timeout(120)
class LogTest {

  private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
  private static final Map<String, String> SECRETS =
      Map.of(
          "TWILIO_AUTH_TOKEN", "the-auth-token-of-the-account",
          "OPENAI_API_KEY", "sk-the-key-of-the-model",
          "API_KEY", "the-key-of-the-api",
          "PARAMETER_SECRET", "the-secret-of-the-parameters");

  /** Every line, with its stack trace, in the order in which they came. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      all.add(event.getLevel() + " " + event.getFormattedMessage() + trace);
    }
  }

  private static Map<String, String> pointedAt(Sandbox sandbox) {
    Map<String, String> variables = new HashMap<>(SECRETS);
    variables.put("CARRIER", "twilio");
    variables.put("TWILIO_BASE_URL", sandbox.twilioUrl().toString());
    variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
    variables.put("TWILIO_FROM", "+14155550199");
    variables.put("MODEL", "openai");
    variables.put("OPENAI_REALTIME_URL", sandbox.realtimeUrl().toString());
    variables.put("LOG_LEVEL", "DEBUG");
    return variables;
  }

  @Test
  void noSecretAndNoWordOfTheConversationIsInTheLogAtDebug() throws Exception {
    Sandbox sandbox =
        new Sandbox(
            new SandboxSettings(
                "127.0.0.1",
                0,
                ACCOUNT,
                SECRETS.get("TWILIO_AUTH_TOKEN"),
                SECRETS.get("OPENAI_API_KEY"),
                5,
                null));
    sandbox.start();
    Lines lines = new Lines();
    Followed followed;
    try (RunningService service = new RunningService(pointedAt(sandbox))) {
      lines.start();
      ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(lines);
      followed = service.follow(RunningService.order("+14155550100"));
    } finally {
      sandbox.stop();
    }

    assertThat(followed.call().path("outcome").path("result").asText()).isEqualTo("confirmed");
    List<String> spoken = followed.transcript().findValuesAsText("text");
    assertThat(spoken).isNotEmpty();
    String log = String.join("\n", lines.all);
    assertThat(log).contains("DEBUG").doesNotContain(SECRETS.values()).doesNotContain(spoken);
  }
}
