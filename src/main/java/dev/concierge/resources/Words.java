package dev.concierge.resources;

import dev.concierge.call.CallStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words by which the API knows the values of an enum. */
final class Words {

  private Words() {}

  static String of(CallStatus status) {
    return status.word();
  }

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static @Nullable String ofNullable(@Nullable Enum<?> value) {
    return value == null ? null : of(value);
  }

  /** The value with that word. */
  static <E> E find(E[] values, Function<E, String> wordOf, String word)
      throws InvalidValueException {
    for (E value : values) {
      if (wordOf.apply(value).equals(word)) {
        return value;
      }
    }
    List<String> words = Arrays.stream(values).map(wordOf).toList();
    throw new InvalidValueException("must be one of " + String.join(", ", words));
  }
}
