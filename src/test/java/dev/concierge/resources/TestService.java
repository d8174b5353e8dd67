package dev.concierge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.concierge.call.CallDesk;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallId;
import dev.concierge.call.FactSource;
import dev.concierge.call.LedgerEntry;
import dev.concierge.call.Prices;
import dev.concierge.ledger.CallChanges;
import dev.concierge.ledger.CallHistory;
import dev.concierge.ledger.CallReports;
import dev.concierge.ledger.Erasure;
import dev.concierge.ledger.JdbiCallLedger;
import dev.concierge.ledger.Migrations;
import dev.concierge.ledger.Verification;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;

/**
 * The API as a running server, over the real ledger in a database of its own. The carrier is
 * scripted, and what happens on the line is told to the ledger by the test.
 */
final class TestService implements AutoCloseable {

  /** In New York it is half past three on a Wednesday afternoon. */
  static final String NOW = "2026-11-18T20:30:00Z";

  static final int MOST_FOLLOWERS = 2;

  /** A price of one and of ten, of a hundred and so on, so that each shows in a sum. */
  static final Prices PRICES =
      new Prices(
          "EUR",
          new BigDecimal("1"),
          new BigDecimal("10"),
          new BigDecimal("0.1"),
          new BigDecimal("0.01"),
          new BigDecimal("100"),
          new BigDecimal("1000"));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FactSource LINE = FactSource.bridge("MZ1");

  final TestClock clock = new TestClock(NOW);
  final ScriptedCarrier carrier = new ScriptedCarrier();
  final List<LedgerEntry> spooled = new CopyOnWriteArrayList<>();
  final JdbiCallLedger ledger;
  final CallHistory history;

  private final JdbcConnectionPool database;
  final Jdbi jdbi;
  private volatile boolean databaseIsAway;
  private final AtomicInteger waitingForDatabase = new AtomicInteger();
  private volatile CountDownLatch databaseIsFree = new CountDownLatch(0);
  private final DropwizardTestSupport<Configuration> support;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong sequence = new AtomicLong();

  TestService() {
    this(environment -> {});
  }

  /**
   * @param more what else to register
   */
  TestService(Consumer<Environment> more) {
    String name = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1";
    database = JdbcConnectionPool.create(name, "sa", "");
    Migrations.run(database);
    jdbi = Jdbi.create(this::connect);
    ledger = new JdbiCallLedger(jdbi, clock);
    history = new CallHistory(jdbi);
    support =
        new DropwizardTestSupport<>(Service.class, configuration()) {
          @Override
          public Application<Configuration> newApplication() {
            return new Service(more);
          }
        };
    try {
      support.before();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Configuration configuration() {
    HttpConnectorFactory connector = new HttpConnectorFactory();
    connector.setPort(0);
    DefaultServerFactory server = new DefaultServerFactory();
    server.setRegisterDefaultExceptionMappers(false);
    server.setApplicationConnectors(List.of(connector));
    server.setAdminConnectors(List.of());
    server.setRequestLogFactory(quietRequests());
    Configuration configuration = new Configuration();
    configuration.setServerFactory(server);
    DefaultLoggingFactory logging = new DefaultLoggingFactory();
    logging.setLevel("ERROR");
    configuration.setLoggingFactory(logging);
    return configuration;
  }

  private static LogbackAccessRequestLogFactory quietRequests() {
    LogbackAccessRequestLogFactory requests = new LogbackAccessRequestLogFactory();
    requests.setAppenders(List.of());
    return requests;
  }

  private final class Service extends Application<Configuration> {
    private final Consumer<Environment> more;

    Service(Consumer<Environment> more) {
      this.more = more;
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
      more.accept(environment);
      CallDesk desk = new CallDesk(ledger, carrier, spooled::add, clock);
      environment.jersey().register(new VerificationResource(new Verification(jdbi)));
      environment.jersey().register(new ErasuresResource(new Erasure(jdbi, clock)));
      RestApi.register(environment, desk, history, Set.of(), clock, MOST_FOLLOWERS);
      RestApi.registerRecords(
          environment, history, new CallChanges(jdbi), new CallReports(jdbi), PRICES);
    }
  }

  int port() {
    return support.getLocalPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client.sendAsync(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON value on each line of an answer. */
  static List<JsonNode> lines(HttpResponse<String> answer) {
    return answer.body().lines().map(Requests::parse).toList();
  }

  /** Places a call to that restaurant and returns its name. */
  CallId place(String restaurant) {
    HttpResponse<String> answer = post("/calls", Requests.withRestaurant(restaurant));
    return new CallId(json(answer).get("id").textValue());
  }

  /** Tells the ledger what happened on the line. */
  void tell(CallId id, CallFact... facts) {
    for (CallFact fact : facts) {
      ledger.append(new LedgerEntry(id, LINE, sequence.incrementAndGet(), clock.instant(), fact));
    }
  }

  /** Forgets every call, and what the carrier was told to do. */
  void reset() {
    jdbi.useHandle(
        handle -> {
          handle.execute("DELETE FROM idempotency_keys");
          handle.execute("DELETE FROM facts");
          handle.execute("DELETE FROM calls");
          handle.execute("DELETE FROM call_terms");
        });
    carrier.reset();
    clock.set(NOW);
  }

  private Connection connect() throws SQLException {
    if (databaseIsAway) {
      throw new SQLNonTransientConnectionException("connection refused", "08001");
    }
    waitingForDatabase.incrementAndGet();
    try {
      databaseIsFree.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      waitingForDatabase.decrementAndGet();
    }
    return database.getConnection();
  }

  /** Has everybody wait who wants to ask the database, until the latch is counted down. */
  CountDownLatch holdDatabase() {
    databaseIsFree = new CountDownLatch(1);
    return databaseIsFree;
  }

  int waitingForDatabase() {
    return waitingForDatabase.get();
  }

  /** Takes the database away; there is no way back. */
  void loseDatabase() {
    databaseIsAway = true;
  }

  @Override
  public void close() {
    support.after();
    database.dispose();
  }
}
