package dev.concierge.call;

import static java.util.stream.Collectors.joining;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What shows why a call ended.
 *
 * @param sipCode the telephone network's final answer, such as 486
 * @param code the carrier's or the model vendor's own code, such as Twilio's {@code 21211}
 * @param words the carrier's or the vendor's words, or ours
 */
public record Evidence(@Nullable Integer sipCode, @Nullable String code, @Nullable String words) {

  static @Nullable Evidence ofSip(@Nullable Integer sipCode) {
    return sipCode == null ? null : new Evidence(sipCode, null, null);
  }

  static @Nullable Evidence ofWords(@Nullable String words) {
    return words == null ? null : new Evidence(null, null, words);
  }

  /** Vendors' words may quote a person; their codes cannot. */
  @Nullable Evidence withoutWords() {
    return sipCode == null && code == null ? null : new Evidence(sipCode, code, null);
  }

  /** All of it in one line. */
  public String line() {
    String sip = sipCode == null ? null : "SIP " + sipCode;
    return Stream.of(sip, code, words).filter(Objects::nonNull).collect(joining(": "));
  }
}
