package dev.concierge.ledger;

import java.util.List;
import org.jdbi.v3.core.argument.Argument;

/**
 * Several values as one argument, for {@code = ANY(…)} and {@code UNNEST(…)}. Unlike with a list
 * that has a place for each value, the statement's text stays the same, so that neither JDBI nor
 * the database parses it anew.
 */
final class SqlArray {

  private SqlArray() {}

  static Argument ofTexts(List<String> texts) {
    return of("VARCHAR", texts);
  }

  static Argument ofNumbers(List<Long> numbers) {
    return of("BIGINT", numbers);
  }

  private static Argument of(String type, List<?> values) {
    return (position, statement, context) ->
        statement.setArray(
            position, statement.getConnection().createArrayOf(type, values.toArray()));
  }
}
