package dev.concierge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.concierge.realtime.SessionSettings;
import dev.concierge.resources.ApiKey;
import dev.concierge.resources.Role;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class ConfigurationTest {

  private static final Map<String, String> REAL =
      Map.of(
          "CARRIER", "twilio",
          "TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef",
          "TWILIO_AUTH_TOKEN", "token",
          "TWILIO_FROM", "+14155550199",
          "MODEL", "openai",
          "OPENAI_API_KEY", "sk-key",
          "PUBLIC_URL", "https://desk.example.com",
          "API_KEY", "a-long-random-text",
          "DATABASE_URL", "jdbc:h2:mem:configuration");

  private static ConciergeConfiguration load(Map<String, String> environment) throws Exception {
    return load(environment, "config.yml");
  }

  private static ConciergeConfiguration load(Map<String, String> environment, String file)
      throws Exception {
    var mapper = new Bootstrap<ConciergeConfiguration>(null).getObjectMapper();
    return new YamlConfigurationFactory<>(
            ConciergeConfiguration.class, Validators.newValidator(), mapper, "dw")
        .build(
            new SubstitutingSourceProvider(
                new FileConfigurationSourceProvider(), Variables.of(environment).substitutor()),
            file);
  }

  /** What the service asks of its configuration when it starts. */
  private static void start(Map<String, String> environment) throws Exception {
    start(load(environment));
  }

  private static void start(ConciergeConfiguration configuration) throws Exception {
    SandboxSupply sandbox =
        new SandboxSupply(new LifecycleEnvironment(null), configuration.sandboxSpeed(), "secret");
    configuration.requireSense();
    configuration.apiKeys();
    configuration.requestsPerSecond();
    configuration.publicUrl();
    configuration.bridge();
    configuration.drain();
    configuration.allowedNumbers();
    configuration.hangsUpOnMachines();
    configuration.database();
    configuration.parameterSecret();
    configuration.carrier().account(sandbox);
    configuration.model().address(sandbox);
    configuration.model().session();
  }

  private static Map<String, String> real(String variable, String value) {
    Map<String, String> environment = new HashMap<>(REAL);
    environment.put(variable, value);
    return environment;
  }

  @Test
  void anEmptyEnvironmentIsEnough() throws Exception {
    ConciergeConfiguration configuration = load(Map.of());
    assertThat(configuration.apiKeys()).isEmpty();
    assertThat(configuration.publicUrl().mediaStream())
        .isEqualTo(URI.create("ws://localhost:8080/media-stream"));
    assertThat(configuration.bridge().chunk()).isEqualTo(Duration.ofMillis(50));
    assertThat(configuration.database().getUrl()).startsWith("jdbc:h2:./data/concierge");
    assertThat(configuration.carrier().isReal()).isFalse();
    assertThat(configuration.spokenNotice()).isNull();
  }

  @Test
  void credentialsInTheEnvironmentMakeItReal() throws Exception {
    start(REAL);
    ConciergeConfiguration configuration = load(REAL);
    assertThat(configuration.carrier().isReal()).isTrue();
    assertThat(configuration.publicUrl().mediaStream())
        .isEqualTo(URI.create("wss://desk.example.com/media-stream"));
    assertThat(configuration.carrier().account(null).baseUrl())
        .isEqualTo(URI.create("https://api.twilio.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "CARRIER, vonage",
    "TWILIO_ACCOUNT_SID, ''",
    "TWILIO_ACCOUNT_SID, SK0123456789abcdef0123456789abcdef",
    "TWILIO_AUTH_TOKEN, ''",
    "TWILIO_FROM, ''",
    "TWILIO_FROM, 12",
    "TWILIO_BASE_URL, api.twilio.com",
    "MODEL, llama",
    "OPENAI_API_KEY, ''",
    "OPENAI_REALTIME_URL, https://api.openai.com",
    "OPENAI_REALTIME_URL, wss://api.openai.com/v1/realtime#x",
    "OPENAI_API_KEY, sk-schlüssel",
    "OPENAI_API_KEY, sk key",
    "OPENAI_AUTH_HEADER, X-Key",
    "PUBLIC_URL, ''",
    "PUBLIC_URL, https://localhost",
    "PUBLIC_URL, http://127.0.0.1:8080",
    "PUBLIC_URL, http://desk.example.com",
    "PUBLIC_URL, desk.example.com",
    "PUBLIC_URL, https://desk.example.com?x=1",
    "API_KEY, ''",
    "API_KEYS, a-long-random-text",
    "API_KEYS, desk:admin:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
    "API_KEYS, desk:read:2bb80d",
    "REQUESTS_PER_SECOND, 0",
    "REQUESTS_PER_SECOND, many",
    "PARAMETER_SECRET, short",
    "DATABASE_URL, jdbc:mysql://localhost/x",
    "DATABASE_URL, jdbc:h2:./pom.xml/x",
    "ALLOWED_NUMBERS, '+14155550100, 12'",
    "MACHINE_DETECTION, leave-message",
    "AUDIO_CHUNK_MS, 5",
    "AUDIO_CHUNK_MS, fifty",
    "DRAIN_SECONDS, -1",
    "DRAIN_SECONDS, soon",
    "LOG_FORMAT, xml",
    "HTTP_PORT, eighty",
    "HTTP_PORT, 99999",
    "HTTP_PORT, 0",
    "ADMIN_PORT, -1",
    "ADMIN_PORT, 0",
    "LOG_LEVEL, LOUD",
    "SANDBOX_SPEED, 0",
    "SANDBOX_SPEED, fast",
  })
  void aMissingOrSenselessValueStopsTheStartAndIsNamed(String variable, String value) {
    Throwable problem = catchThrowable(() -> start(real(variable, value)));
    assertThat(problem).as("the start is refused").isNotNull();
    assertThat(StartProblem.of(problem)).startsWith(variable);
  }

  @ParameterizedTest
  @CsvSource({
    "voice, ' '",
    "transcriptionModel, ''",
    "vadThreshold, 1.5",
    "vadThreshold, .nan",
    "vadThreshold, high",
    "silenceDurationMs, 0",
    "silenceDurationMs, 60000",
    "silenceDurationMs, long",
  })
  void aSenselessVoiceOrHearingStopsTheStartAndIsNamed(
      String key, String value, @TempDir Path folder) throws Exception {
    Map<String, String> named =
        Map.of(
            "voice", "OPENAI_REALTIME_VOICE", "transcriptionModel", "OPENAI_TRANSCRIPTION_MODEL");
    String file = Files.readString(Path.of("config.yml"));
    String changed =
        file.replaceFirst("(?m)^  " + key + ": .*$", "  " + key + ": \"" + value + "\"");
    assertThat(changed).isNotEqualTo(file);
    Path mine = Files.writeString(folder.resolve("mine.yml"), changed);

    Throwable problem = catchThrowable(() -> start(load(REAL, mine.toString())));

    assertThat(problem).as("the start is refused").isNotNull();
    assertThat(StartProblem.of(problem)).startsWith(named.getOrDefault(key, "model." + key));
  }

  @Test
  void theModelSpeaksAndHearsAsItIsTold() throws Exception {
    assertThat(load(REAL).model().session()).isEqualTo(SessionSettings.DEFAULTS);
    assertThat(load(real("OPENAI_REALTIME_VOICE", "cedar")).model().session().voice())
        .isEqualTo("cedar");
    assertThat(load(real("OPENAI_TRANSCRIPTION_MODEL", "whisper-1")).model().session())
        .returns("whisper-1", SessionSettings::transcriptionModel);
  }

  @Test
  void aStandInOnThisMachineReachesItsOwnAddresses() throws Exception {
    Map<String, String> standIn = real("TWILIO_BASE_URL", "http://127.0.0.1:9090");
    standIn.remove("PUBLIC_URL");
    start(standIn);
    assertThat(load(standIn).publicUrl().base()).isEqualTo(URI.create("http://localhost:8080"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://localhost:8080",
    "0.0.0.0, http://localhost:8080",
    "::, http://localhost:8080",
    "::1, http://[::1]:8080",
    "192.0.2.7, http://192.0.2.7:8080",
  })
  void withoutAPublicUrlTheServiceIsWhereItIsBound(String host, String url) throws Exception {
    assertThat(load(Map.of("BIND_HOST", host)).publicUrl().base()).isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quo\"te",
        "back\\slash",
        "line\nbreak",
        "a: b # c",
        "${API_KEY}",
        "$${HOME}",
        "{[&*!|>'%@`",
        "schlüssel"
      })
  void aSecretIsTakenAsItIs(String secret) throws Exception {
    Map<String, String> environment = Map.of("API_KEY", "key", "DATABASE_PASSWORD", secret);
    assertThat(load(environment).database().getPassword()).isEqualTo(secret);
  }

  @Test
  void aFileThatIsNoYamlIsNotQuoted(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("mine.yml"), "apiKey:\n  - \"hush\n");
    Throwable problem = catchThrowable(() -> load(Map.of(), file.toString()));
    assertThat(StartProblem.of(problem))
        .contains("mine.yml", "Malformed YAML at line 2, column 3")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource({"OFF, 8080", "off, 8080", "debug, 8080"})
  void valuesNeedNoQuotes(String level, int port, @TempDir Path folder) throws Exception {
    String unquoted =
        Files.readString(Path.of("config.yml"))
            .replace("\"${HTTP_PORT:-8080}\"", "${HTTP_PORT:-8080}")
            .replace("\"${LOG_LEVEL:-INFO}\"", "${LOG_LEVEL:-INFO}");
    Path file = Files.writeString(folder.resolve("mine.yml"), unquoted);
    ConciergeConfiguration configuration = load(Map.of("LOG_LEVEL", level), file.toString());
    configuration.requireSense();
    assertThat(configuration.publicUrl().base().getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:./other",
        "jdbc:h2:./other;MODE=PostgreSQL",
        "jdbc:h2:./other;mode=postgresql;WRITE_DELAY=0"
      })
  void anH2DatabaseIsOpenedAsTheLedgerNeedsIt(String url) throws Exception {
    String opened = load(Map.of("DATABASE_URL", url)).database().getUrl();
    assertThat(opened.toUpperCase(Locale.ROOT))
        .startsWith(url.toUpperCase(Locale.ROOT))
        .containsOnlyOnce(";MODE=POSTGRESQL")
        .containsOnlyOnce(";WRITE_DELAY=0")
        .containsOnlyOnce(";DB_CLOSE_ON_EXIT=FALSE");
  }

  @Test
  void aPostgresqlThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
    String url = "jdbc:postgresql://db/concierge";
    DataSourceFactory database = load(Map.of("DATABASE_URL", url)).database();
    assertThat(database.getCheckConnectionOnBorrow()).isTrue();
    Properties settings = new Properties();
    settings.putAll(database.getProperties());
    assertThat(settings)
        .containsEntry("connectTimeout", "5")
        .containsEntry("socketTimeout", "30")
        .containsEntry("tcpKeepAlive", "true");
    assertThat(Driver.parseURL(url + "?socketTimeout=7", settings).getProperty("socketTimeout"))
        .as("what the URL says")
        .isEqualTo("7");
  }

  /** H2 opens none that is to do both. */
  @Test
  void aDatabaseThatServesOtherProcessesClosesWithItsOwn() throws Exception {
    Map<String, String> shared = Map.of("DATABASE_URL", "jdbc:h2:./other;AUTO_SERVER=TRUE");
    assertThat(load(shared).database().getUrl()).doesNotContain("DB_CLOSE_ON_EXIT");
  }

  @Test
  void anAddressThatOthersReachNeedsAKey() {
    Throwable problem = catchThrowable(() -> start(Map.of("BIND_HOST", "0.0.0.0")));
    assertThat(StartProblem.of(problem)).startsWith("API_KEY");
  }

  @Test
  void aHashedKeyIsAsGoodForAnAddressThatOthersReach() throws Exception {
    String key = ApiKey.random();
    ApiKey desk = ApiKey.of("desk", Role.READ, key);
    ApiKey web = ApiKey.of("web", Role.CALL, ApiKey.random());
    Map<String, String> environment =
        Map.of("BIND_HOST", "0.0.0.0", "API_KEYS", desk + ",\n " + web, "API_KEY", key);
    start(environment);
    assertThat(load(environment).apiKeys())
        .containsExactly(desk, web, ApiKey.of("API_KEY", Role.CALL, key));
  }

  @Test
  void aNameIsForOneKey() {
    String keys = ApiKey.of("desk", Role.READ, "a") + "," + ApiKey.of("desk", Role.CALL, "b");
    assertThatThrownBy(() -> load(Map.of("API_KEYS", keys)).apiKeys())
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("\"desk\" twice");
  }

  @Test
  void aKeyThatStandsWhereItsHashBelongsIsNotPrinted() {
    String key = ApiKey.random();
    assertThatThrownBy(() -> load(Map.of("API_KEYS", key)).apiKeys())
        .isInstanceOf(StartRefusedException.class)
        .hasMessageNotContaining(key);
  }

  @Test
  void aServersDatabaseNeedsASecretThatAllInstancesShare() {
    Throwable problem =
        catchThrowable(() -> start(real("DATABASE_URL", "jdbc:postgresql://localhost/concierge")));
    assertThat(StartProblem.of(problem)).startsWith("PARAMETER_SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:%s/ledger", "jdbc:h2:file:%s/ledger;MODE=PostgreSQL"})
  void theSecretIsMadeOnceAndKeptBesideTheDatabase(String url, @TempDir Path folder)
      throws IOException {
    String databaseUrl = String.format(url, folder.resolve("data"));
    String secret = ParameterSecret.of(Secret.NONE, databaseUrl);
    assertThat(secret).hasSize(64);
    assertThat(ParameterSecret.of(Secret.NONE, databaseUrl)).isEqualTo(secret);
    Path file = folder.resolve("data/ledger.parameter-secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDatabaseInTheHomeFolderHasItsSecretThere() {
    assertThat(new H2Url("jdbc:h2:~/ledger").beside(".parameter-secret"))
        .isEqualTo(Path.of(System.getProperty("user.home"), "ledger.parameter-secret"));
  }

  @Test
  void aSecretThatWasLostFromItsFileIsMissed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("ledger.parameter-secret"));
    String url = "jdbc:h2:" + folder.resolve("ledger");
    assertThat(catchThrowable(() -> ParameterSecret.of(Secret.NONE, url)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void secretsAreNeverPrinted() {
    assertThat(new Secret("hush").toString()).doesNotContain("hush");
  }
}
