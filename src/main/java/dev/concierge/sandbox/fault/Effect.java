package dev.concierge.sandbox.fault;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What befalls a message or its connection. */
public sealed interface Effect {

  /** What needs no more words. */
  enum Plain implements Effect {
    /** The upgrade is never answered. */
    IGNORE,
    /** The message is lost. */
    DROP,
    /** The message comes after the one that follows it. */
    SWAP,
    /** The message is cut off in the middle: it is no JSON any more. */
    GARBLE,
    /** The connection breaks before the message, without a word. */
    CUT,
    /** The sandbox ends its own direction before the message, and reads on. */
    HALF_CLOSE
  }

  /** The upgrade is answered with that HTTP status. */
  record Refuse(int status) implements Effect {
    public Refuse {
      if (status < 300 || status > 599) {
        throw new IllegalArgumentException("refuse: an HTTP status from 300 to 599");
      }
    }
  }

  /** The message, and all behind it, come that much later, in sandbox time. */
  record Delay(Duration by) implements Effect {}

  /** The message comes so many times: 2 is a duplicate, thousands are a flood. */
  record Repeat(int times) implements Effect {}

  /** Another text comes in its place. */
  record Replace(String text) implements Effect {}

  /** After the message the sandbox reads nothing for that long, in sandbox time. */
  record Stall(Duration length) implements Effect {}

  /**
   * Reads what a script says, such as {@code drop} or {@code delay 2s}.
   *
   * @throws IllegalArgumentException if it is none of the effects
   */
  static Effect parse(String text) {
    String[] words = text.strip().split("\\s+", 2);
    String argument = words.length == 1 ? "" : words[1];
    return switch (words[0]) {
      case "refuse" -> new Refuse(number(argument));
      case "delay" -> new Delay(duration(argument));
      case "repeat" -> new Repeat(number(argument));
      case "replace" -> new Replace(argument);
      case "stall" -> new Stall(duration(argument));
      default -> plain(text.strip());
    };
  }

  /** Whether it happens before there is a connection. */
  default boolean isAtUpgrade() {
    return this instanceof Refuse || this == Plain.IGNORE;
  }

  private static Effect plain(String word) {
    return Arrays.stream(Plain.values())
        .filter(plain -> word(plain).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("not a fault: " + word + "; there are " + all()));
  }

  private static String word(Plain plain) {
    return plain.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String all() {
    return Arrays.stream(Plain.values())
        .map(Effect::word)
        .collect(
            Collectors.joining(
                ", ", "", ", refuse 429, delay 2s, repeat 2, replace {}, and stall 10s"));
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("not a whole number: " + text);
    }
    return Integer.parseInt(text);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a length of time such as 1.5s: " + text, e);
    }
  }
}
