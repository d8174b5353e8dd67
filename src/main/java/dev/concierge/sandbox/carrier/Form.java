package dev.concierge.sandbox.carrier;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request.
 *
 * @param fields name and values, as the servlet gives them
 */
record Form(Map<String, String[]> fields) {

  /** The first value; {@code null} where the field is absent or empty. */
  @Nullable String optional(String name) {
    String[] values = fields.get(name);
    return values == null || values[0].isEmpty() ? null : values[0];
  }

  String required(String name, int codeIfMissing) throws RestException {
    String value = optional(name);
    if (value == null) {
      throw RestException.badRequest(codeIfMissing, name + " is required");
    }
    return value;
  }

  List<String> all(String name) {
    return Arrays.asList(fields.getOrDefault(name, new String[0]));
  }

  int number(String name, int absent, int min, int max) throws RestException {
    String value = optional(name);
    if (value == null) {
      return absent;
    }
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    if (number < min || number > max) {
      throw RestException.badRequest(
          20001, name + " must be a whole number from " + min + " to " + max);
    }
    return number;
  }

  /** The names of the fields that are not among the known ones. */
  Set<String> others(Set<String> known) {
    Set<String> others = new TreeSet<>(fields.keySet());
    others.removeAll(known);
    return others;
  }
}
