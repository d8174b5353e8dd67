package dev.concierge;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Objects;

/** A setting that is never printed. */
record Secret(String value) {

  static final Secret NONE = new Secret("");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Secret {
    Objects.requireNonNull(value, "value is null");
  }

  boolean isMissing() {
    return value.isBlank();
  }

  @Override
  public String toString() {
    return isMissing() ? "(none)" : "(secret)";
  }
}
