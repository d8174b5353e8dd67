package dev.concierge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The contract as the build made it. */
final class Contract {

  /** One operation; its {@code about} is what the contract says of it. */
  record Operation(String method, String path, JsonNode about) {

    /** Of the parameters in the query, their names. */
    Set<String> query() {
      Set<String> names = new TreeSet<>();
      for (JsonNode parameter : about.path("parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          names.add(parameter.path("name").asText());
        }
      }
      return names;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;

  Contract() {
    try {
      document = new ObjectMapper().readTree(Contract.class.getResource("/openapi.json"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    document.at("/components/schemas").forEach(Contract::close);
  }

  /** Clients must put up with members they do not know; this test must not. */
  private static void close(JsonNode schema) {
    if (schema.has("properties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    schema.forEach(Contract::close);
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> about : path.getValue().properties()) {
        operations.add(
            new Operation(
                about.getKey().toUpperCase(Locale.ROOT), path.getKey(), about.getValue()));
      }
    }
    return operations;
  }

  /** That node, or the one that it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** What is said of the body of an answer; missing where the contract has no such answer. */
  JsonNode body(Operation operation, int status, String type) {
    JsonNode answers = operation.about().path("responses");
    JsonNode answer = answers.path(answers.has("" + status) ? "" + status : "default");
    return resolved(answer).path("content").path(type);
  }

  /** The examples of a body. */
  List<JsonNode> examples(JsonNode body) {
    List<JsonNode> values = new ArrayList<>();
    body.path("examples").forEach(example -> values.add(resolved(example).path("value")));
    return values;
  }

  /** What is wrong with a value, by the schema of that body. */
  List<String> faults(JsonNode body, JsonNode value) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.setAll((ObjectNode) body.path("schema"));
    schema.set("components", document.path("components"));
    return SCHEMAS.getSchema(schema).validate(value).stream().map(Object::toString).toList();
  }
}
