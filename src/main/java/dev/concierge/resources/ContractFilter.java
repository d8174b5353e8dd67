package dev.concierge.resources;

import io.swagger.v3.core.filter.AbstractSpecFilter;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the contract what is the same everywhere: problems, and examples by the names of the
 * schemas. For the build, which makes the contract; the service never loads it.
 */
public final class ContractFilter extends AbstractSpecFilter {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String EXAMPLES = "#/components/examples/";

  @Override
  public boolean isOpenAPI31Filter() {
    return true;
  }

  @Override
  public Optional<OpenAPI> filterOpenAPI(
      OpenAPI contract,
      Map<String, List<String>> params,
      Map<String, String> cookies,
      Map<String, List<String>> headers) {
    Map<String, Example> examples = contract.getComponents().getExamples();
    contract
        .getPaths()
        .values()
        .forEach(path -> path.readOperations().forEach(operation -> complete(operation, examples)));
    return Optional.of(contract);
  }

  private static void complete(Operation operation, Map<String, Example> examples) {
    operation.getResponses().values().forEach(answer -> exemplify(answer.getContent(), examples));
    if (operation.getRequestBody() != null) {
      exemplify(operation.getRequestBody().getContent(), examples);
    }
    operation.getResponses().put("default", new ApiResponse().$ref("Problem"));
  }

  private static void exemplify(@Nullable Content content, Map<String, Example> examples) {
    if (content == null) {
      return;
    }
    for (MediaType type : content.values()) {
      String schema = type.getSchema() == null ? null : type.getSchema().get$ref();
      String name = schema == null ? "" : schema.substring(SCHEMAS.length());
      if (examples.containsKey(name)) {
        type.addExamples(name, new Example().$ref(EXAMPLES + name));
      }
    }
  }
}
