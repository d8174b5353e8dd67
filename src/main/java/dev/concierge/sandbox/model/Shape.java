package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a value of a client event may look like. The vendor takes nothing that it does not know, so
 * neither does this.
 */
@FunctionalInterface
interface Shape {

  /**
   * Checks a value.
   *
   * @param path where the value stands, such as {@code session.tools[0].name}
   * @throws RejectedEventException with the vendor's code and words if it may not look so
   */
  void check(JsonNode value, String path);

  /** A field of an object. */
  record Field(String name, Shape shape, boolean required) {}

  static Field required(String name, Shape shape) {
    return new Field(name, shape, true);
  }

  static Field optional(String name, Shape shape) {
    return new Field(name, shape, false);
  }

  static Shape text() {
    return type("a string", JsonNode::isTextual);
  }

  static Shape text(int maxLength) {
    return text()
        .and(
            (value, path) -> {
              if (value.textValue().length() > maxLength) {
                throw new RejectedEventException(
                    "string_above_max_length",
                    path,
                    "Invalid '%s': string too long. Expected a string with maximum length %d."
                        .formatted(path, maxLength));
              }
            });
  }

  static Shape bool() {
    return type("a boolean", JsonNode::isBoolean);
  }

  static Shape integer(int min, int max) {
    return type("an integer", JsonNode::isIntegralNumber).and(range("integer", min, max));
  }

  static Shape number(double min, double max) {
    return type("a decimal", JsonNode::isNumber).and(range("decimal", min, max));
  }

  /** Any object at all, such as a JSON Schema. */
  static Shape anyObject() {
    return type("an object", JsonNode::isObject);
  }

  static Shape oneOf(String... values) {
    List<String> supported = List.of(values);
    return text()
        .and(
            (value, path) -> {
              if (!supported.contains(value.textValue())) {
                throw invalidValue(value.textValue(), supported, path);
              }
            });
  }

  static Shape nullable(Shape shape) {
    return (value, path) -> {
      if (!value.isNull()) {
        shape.check(value, path);
      }
    };
  }

  static Shape arrayOf(Shape element) {
    return type("an array", JsonNode::isArray)
        .and(
            (value, path) -> {
              for (int i = 0; i < value.size(); i++) {
                element.check(value.get(i), path + "[" + i + "]");
              }
            });
  }

  /** A word where it is text, an object otherwise. */
  static Shape textOr(Shape word, Shape object) {
    return (value, path) -> (value.isTextual() ? word : object).check(value, path);
  }

  /** An object with these fields and no others. */
  static Shape object(Field... fields) {
    Map<String, Field> known = Arrays.stream(fields).collect(Collectors.toMap(Field::name, f -> f));
    return anyObject()
        .and(
            (value, path) -> {
              value.fieldNames().forEachRemaining(name -> checkKnown(known, name, path));
              known.values().forEach(field -> checkField(field, value, path));
            });
  }

  /** An object whose other fields depend on the word in one of them. */
  static Shape byWord(String discriminator, Map<String, Shape> shapes) {
    return anyObject()
        .and(
            (value, path) -> {
              JsonNode word = value.get(discriminator);
              String wordPath = join(path, discriminator);
              if (word == null) {
                throw missing(wordPath);
              }
              text().check(word, wordPath);
              Shape shape = shapes.get(word.textValue());
              if (shape == null) {
                throw invalidValue(
                    word.textValue(), shapes.keySet().stream().sorted().toList(), wordPath);
              }
              shape.check(value, path);
            });
  }

  /** What the vendor takes and this server cannot do: it says so rather than feign it. */
  static Shape unsupported(String what) {
    return (value, path) -> {
      throw new RejectedEventException(
          "unsupported_by_sandbox", path, "The sandbox does not do this: " + what + ".");
    };
  }

  private Shape and(Shape next) {
    return (value, path) -> {
      check(value, path);
      next.check(value, path);
    };
  }

  private static Shape type(String name, Predicate<JsonNode> test) {
    return (value, path) -> {
      if (!test.test(value)) {
        throw new RejectedEventException(
            "invalid_type",
            path,
            "Invalid type for '%s': expected %s, but got %s instead."
                .formatted(path, name, typeOf(value)));
      }
    };
  }

  private static Shape range(String kind, double min, double max) {
    return (value, path) -> {
      boolean below = value.doubleValue() < min;
      if (below || value.doubleValue() > max) {
        throw new RejectedEventException(
            kind + (below ? "_below_min_value" : "_above_max_value"),
            path,
            "Invalid '%s': %s %s value. Expected a value %s %s, but got %s instead."
                .formatted(
                    path,
                    kind,
                    below ? "below minimum" : "above maximum",
                    below ? ">=" : "<=",
                    plain(below ? min : max),
                    value));
      }
    };
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static void checkKnown(Map<String, Field> known, String name, String path) {
    if (!known.containsKey(name)) {
      String at = join(path, name);
      throw new RejectedEventException(
          "unknown_parameter", at, "Unknown parameter: '%s'.".formatted(at));
    }
  }

  private static void checkField(Field field, JsonNode value, String path) {
    JsonNode child = value.get(field.name());
    String at = join(path, field.name());
    if (child != null) {
      field.shape().check(child, at);
    } else if (field.required()) {
      throw missing(at);
    }
  }

  private static RejectedEventException missing(String path) {
    return new RejectedEventException(
        "missing_required_parameter", path, "Missing required parameter: '%s'.".formatted(path));
  }

  private static RejectedEventException invalidValue(
      String value, List<String> supported, String path) {
    return new RejectedEventException(
        "invalid_value",
        path,
        "Invalid value: '%s'. Supported values are: %s."
            .formatted(
                value,
                supported.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", "))));
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> "null";
      case BOOLEAN -> "a boolean";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a decimal";
      case STRING -> "a string";
      case ARRAY -> "an array";
      default -> "an object";
    };
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
