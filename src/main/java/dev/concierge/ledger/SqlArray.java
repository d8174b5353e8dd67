package dev.concierge.ledger;

import java.util.Collection;
import org.jdbi.v3.core.argument.Argument;

/**
 * Several values as one argument, for {@code = ANY(…)}. Unlike a list with a place for each value
 * the statement's text stays the same, so that neither JDBI nor the database parses it anew.
 */
final class SqlArray {

  private SqlArray() {}

  static Argument ofTexts(Collection<String> texts) {
    return of("VARCHAR", texts);
  }

  static Argument ofNumbers(Collection<Long> numbers) {
    return of("BIGINT", numbers);
  }

  private static Argument of(String type, Collection<?> values) {
    return (position, statement, context) ->
        statement.setArray(
            position, statement.getConnection().createArrayOf(type, values.toArray()));
  }
}
