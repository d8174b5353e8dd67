package dev.concierge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/** The environment that {@code config.yml} is filled from. An empty variable is as good as none. */
final class Variables {

  private final Map<String, String> values = new HashMap<>();

  private Variables(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            this.values.put(name, value);
          }
        });
  }

  static Variables ofEnvironment() {
    return of(System.getenv());
  }

  static Variables of(Map<String, String> values) {
    return new Variables(values);
  }

  /** These variables with others in their place. */
  Variables with(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(others);
    return new Variables(all);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /**
   * Puts the values into {@code config.yml} as the text of double-quoted YAML scalars. What a value
   * holds is never read as YAML, nor for variables.
   */
  StringSubstitutor substitutor() {
    return new StringSubstitutor(this::quoted).setDisableSubstitutionInValues(true);
  }

  /** As in JSON, whose strings are YAML's, too; {@code null} for a variable that is not set. */
  private @Nullable String quoted(String name) {
    String value = values.get(name);
    return value == null
        ? null
        : String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
  }
}
