package dev.concierge.ledger;

import java.util.TimeZone;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a test class in a time zone that no guess would hit: 13:45 from UTC in summer. */
final class FarFromUtc implements BeforeAllCallback, AfterAllCallback {

  private final TimeZone before = TimeZone.getDefault();

  @Override
  public void beforeAll(ExtensionContext context) {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TimeZone.setDefault(before);
  }
}
