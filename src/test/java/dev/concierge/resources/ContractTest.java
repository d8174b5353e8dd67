package dev.concierge.resources;

import static dev.concierge.resources.TestService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.ConversationStarted;
import dev.concierge.call.CallFact.OutcomeRecorded;
import dev.concierge.call.CallFact.StatusReported;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.CallId;
import dev.concierge.call.CallStatus;
import dev.concierge.call.ConversationSummary;
import dev.concierge.call.EndedReason;
import dev.concierge.call.Outcome;
import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import dev.concierge.call.Usage;
import dev.concierge.resources.Contract.Operation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the service to its contract. It goes by what the contract lists and what resources there
 * are, so a new operation is tested as soon as there is one.
 */
class ContractTest {

  private static final Contract contract = new Contract();
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private static TestService service;

  @BeforeAll
  static void start() {
    service = new TestService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static List<Operation> operations() {
    return contract.operations();
  }

  @Test
  void itListsEveryMethodOfEveryResource() {
    Set<String> methods = new TreeSet<>();
    for (JavaClass type : new ClassFileImporter().importPackagesOf(RestApi.class)) {
      // Those of tests are inside of them.
      if (type.isAnnotatedWith(Path.class) && type.isTopLevelClass()) {
        methods.addAll(methodsOf(type.reflect()));
      }
    }
    assertThat(contract.operations().stream().map(Operation::toString))
        .hasSizeGreaterThan(5)
        .containsExactlyInAnyOrderElementsOf(methods);
  }

  private static List<String> methodsOf(Class<?> resource) {
    List<String> methods = new ArrayList<>();
    Path root = resource.getAnnotation(Path.class);
    for (Method method : resource.getMethods()) {
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (http != null) {
          Path path = method.getAnnotation(Path.class);
          methods.add(http.value() + " " + root.value() + (path == null ? "" : path.value()));
        }
      }
    }
    return methods;
  }

  @Test
  void itIsServedAsTheBuildMadeIt() {
    HttpResponse<String> answer = service.get("/openapi.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("openapi").textValue()).startsWith("3.1");
    assertThat(answer.body()).doesNotContain("twilio/status");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyAnswerIsAsItSays(Operation operation) {
    String call = endedCall().value();
    for (String type : typesOf(operation)) {
      HttpResponse<String> answer = send(operation, call, type);
      assertThat(operation.about().path("responses").fieldNames())
          .toIterable()
          .as(answer.body())
          .contains(String.valueOf(answer.statusCode()));
      assertThat(answer.statusCode()).isBetween(200, 299);
      assertAsItSays(operation, answer);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyProblemIsAsItSays(Operation operation) {
    for (String call : List.of(NOBODY, endedCall().value())) {
      HttpResponse<String> answer = send(operation, call, "image/png");
      assertThat(answer.statusCode()).isIn(404, 406);
      assertAsItSays(operation, answer);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void itNamesEveryParameterThatIsKnown(Operation operation) {
    String path = operation.path().replace("{id}", endedCall().value());
    HttpResponse<String> answer = request(operation, path + "?nonsense=1", "*/*");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(operation.query()).isEqualTo(named(json(answer)));
  }

  @Test
  void itNamesEveryMemberOfARequestForACall() {
    Set<String> known = named(json(service.post("/calls", "{\"nonsense\": 1}")));
    JsonNode schema = contract.resolved(requestBody(operation("POST /calls")).path("schema"));
    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(known);
  }

  /** The fields that the refusal of an unknown one lists. */
  private static Set<String> named(JsonNode problem) {
    for (JsonNode error : problem.path("errors")) {
      if (error.path("field").asText().equals("nonsense")) {
        String names = error.path("message").asText().replaceFirst(".*there are ", "");
        return names.equals("none") ? Set.of() : new TreeSet<>(Arrays.asList(names.split(", ")));
      }
    }
    throw new AssertionError("an unknown field was not refused: " + problem);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyExampleIsAsTheSchemaSays(Operation operation) {
    List<JsonNode> bodies = new ArrayList<>();
    operation.about().path("responses").forEach(answer -> bodies.add(contract.resolved(answer)));
    bodies.add(operation.about().path("requestBody"));
    for (JsonNode body : bodies) {
      JsonNode content = body.path("content").path("application/json");
      for (JsonNode example : contract.examples(content)) {
        assertThat(contract.faults(content, example)).as("%s", example).isEmpty();
      }
    }
  }

  @Test
  void everyObjectThatIsSentOrAnsweredHasAnExample() {
    Stream<JsonNode> bodies =
        contract.operations().stream()
            .flatMap(
                operation ->
                    Stream.of(
                        contract.body(operation, 200, "application/json"),
                        contract.body(operation, 201, "application/json"),
                        requestBody(operation)));
    assertThat(bodies.filter(body -> body.path("schema").has("$ref")))
        .hasSizeGreaterThan(3)
        .allSatisfy(body -> assertThat(contract.examples(body)).as("%s", body).isNotEmpty());
  }

  private static Operation operation(String name) {
    return contract.operations().stream()
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode requestBody(Operation operation) {
    return operation.about().path("requestBody").path("content").path("application/json");
  }

  /** The types in which the contract has answers of success. */
  private static Set<String> typesOf(Operation operation) {
    Set<String> types = new TreeSet<>();
    operation
        .about()
        .path("responses")
        .forEach(answer -> answer.path("content").fieldNames().forEachRemaining(types::add));
    return types;
  }

  /** Sends the request as the contract has it: with its example for a body. */
  private static HttpResponse<String> send(Operation operation, String call, String accept) {
    return request(operation, operation.path().replace("{id}", call), accept);
  }

  private static HttpResponse<String> request(Operation operation, String path, String accept) {
    JsonNode body = requestBody(operation);
    List<JsonNode> examples = contract.examples(body);
    return service.send(
        service
            .request(path)
            .header("Accept", accept)
            .header("Content-Type", "application/json")
            .method(
                operation.method(),
                body.isMissingNode()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(examples.get(0).toString()))
            .build());
  }

  private static void assertAsItSays(Operation operation, HttpResponse<String> answer) {
    String header = answer.headers().firstValue("Content-Type").orElseThrow();
    String type = header.replaceFirst(";.*", "");
    JsonNode body = contract.body(operation, answer.statusCode(), type);
    assertThat(body.isMissingNode()).as("%d, %s", answer.statusCode(), header).isFalse();
    JsonNode value = type.endsWith("json") ? json(answer) : new TextNode(answer.body());
    assertThat(contract.faults(body, value)).as(answer.body()).isEmpty();
  }

  /** A call of which everything is known that there is to know. */
  private static CallId endedCall() {
    CallId id = service.place("Chez Test");
    String carrierCallId = ScriptedCarrier.nameOf(id);
    service.tell(
        id,
        new ConversationStarted("MZ1", carrierCallId),
        new TurnSpoken(new Turn(Speaker.HOST, "Bonsoir.", null, 200, 1900, false)),
        new TurnSpoken(new Turn(Speaker.AGENT, "A table, please.", "A table", 2000, 3000, true)),
        new OutcomeRecorded(Outcome.of(Outcome.Result.CONFIRMED)),
        new ConversationEnded(
            EndedReason.AGENT_SAID_GOODBYE,
            null,
            new ConversationSummary(1000, 300L, List.of(700L), 1, 8000, 4000, 0, Usage.NONE)),
        new StatusReported(CallStatus.COMPLETED, carrierCallId, null, Map.of()));
    return id;
  }
}
