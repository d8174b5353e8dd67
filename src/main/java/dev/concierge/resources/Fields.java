package dev.concierge.resources;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request, read one by one. It goes on after a fault, so that one answer names them
 * all. For one thread.
 *
 * @param <V> the form in which a field's value came
 */
final class Fields<V> {

  /** Names come from strangers. */
  private static final int LONGEST_NAME = 100;

  private final Map<String, V> values;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  Fields(Map<String, V> values) {
    this.values = values;
  }

  /** Makes a value of what came. */
  interface Reader<V, T> {
    T read(V value) throws InvalidValueException;
  }

  /**
   * Reads a field that must be there.
   *
   * @param expected what belongs there, for who left it out
   * @return {@code null} if it is missing or wrong
   */
  <T> @Nullable T required(String name, String expected, Reader<V, T> reader) {
    if (!values.containsKey(name)) {
      wrong(name, "is missing: " + expected);
    }
    return optional(name, reader);
  }

  /** Reads a field; {@code null} if it is not there or wrong. */
  <T> @Nullable T optional(String name, Reader<V, T> reader) {
    known.add(name);
    V value = values.get(name);
    if (value == null) {
      return null;
    }
    try {
      return reader.read(value);
    } catch (InvalidValueException e) {
      wrong(name, e.words());
      return null;
    }
  }

  /** Reads a field that has a value where none came. */
  <T> T optional(String name, T fallback, Reader<V, T> reader) {
    T value = optional(name, reader);
    return value == null ? fallback : value;
  }

  private String knownNames() {
    return known.isEmpty() ? "none" : String.join(", ", known);
  }

  /** The names of all that came, known or not. */
  Set<String> names() {
    return values.keySet();
  }

  /** Notes what is wrong with a field. */
  void wrong(String name, String message) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    errors.add(new FieldError(shown, message));
  }

  boolean isWrong(String name) {
    return errors.stream().anyMatch(error -> error.field().equals(name));
  }

  /**
   * Ends the request if anything was wrong, or if there are fields that nobody read.
   *
   * @throws ProblemException with the problem that is made of the errors
   */
  void requireValid(Function<List<FieldError>, Problem> problem) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        wrong(name, "is not known; there are " + knownNames());
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.of(problem.apply(errors));
    }
  }
}
