package dev.concierge;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;

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

  StringSubstitutor substitutor() {
    return new StringSubstitutor(values);
  }
}
