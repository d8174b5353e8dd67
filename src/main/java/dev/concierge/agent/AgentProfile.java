package dev.concierge.agent;

import java.util.List;
import java.util.Objects;

/**
 * What a model's session is set up with.
 *
 * @param instructions how to behave and what to ask for
 * @param language the language of the call as ISO 639-1, for the transcription of the callee
 * @param tools what the model may call
 */
public record AgentProfile(String instructions, String language, List<Tool> tools) {

  public AgentProfile {
    Objects.requireNonNull(instructions, "instructions is null");
    Objects.requireNonNull(language, "language is null");
    tools = List.copyOf(tools);
  }

  /**
   * A tool the model may call.
   *
   * @param parametersSchema the JSON Schema of its arguments, as JSON text
   */
  public record Tool(String name, String description, String parametersSchema) {
    public Tool {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(description, "description is null");
      Objects.requireNonNull(parametersSchema, "parametersSchema is null");
    }
  }
}
