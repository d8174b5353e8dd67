package dev.concierge.ledger;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/** The indexes of a ledger that is filled: many rows come in faster without them. */
final class Indexes {

  private final Jdbi jdbi;
  private final Map<String, String> definitions;

  Indexes(Jdbi jdbi, boolean h2) {
    this.jdbi = jdbi;
    definitions = h2 ? ofH2(jdbi) : ofPostgres(jdbi);
  }

  private static Map<String, String> ofPostgres(Jdbi jdbi) {
    return definitions(
        jdbi,
        """
        SELECT indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE schemaname = 'public' AND tablename IN ('calls', 'facts', 'call_terms')
          AND indexname NOT IN (SELECT conname FROM pg_constraint)
        """);
  }

  private static Map<String, String> ofH2(Jdbi jdbi) {
    return definitions(
        jdbi,
        """
        SELECT index_name AS name,
            'CREATE ' || CASE WHEN index_type_name = 'UNIQUE INDEX' THEN 'UNIQUE ' ELSE '' END
            || 'INDEX ' || index_name || ' ON ' || table_name || ' ('
            || (SELECT LISTAGG(column_name || CASE WHEN ordering_specification = 'DESC'
                    THEN ' DESC' ELSE '' END, ', ') WITHIN GROUP (ORDER BY ordinal_position)
                FROM information_schema.index_columns c WHERE c.index_name = i.index_name)
            || ')' AS definition
        FROM information_schema.indexes i
        WHERE table_name IN ('CALLS', 'FACTS', 'CALL_TERMS') AND NOT is_generated
          AND index_name NOT IN
              (SELECT constraint_name FROM information_schema.table_constraints)
        """);
  }

  private static Map<String, String> definitions(Jdbi jdbi, String sql) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .setMapKeyColumn("name")
                .setMapValueColumn("definition")
                .collectInto(new GenericType<Map<String, String>>() {}));
  }

  void drop() {
    jdbi.useHandle(
        handle ->
            List.copyOf(definitions.keySet())
                .forEach(name -> handle.execute("DROP INDEX " + name)));
  }

  void create() {
    jdbi.useHandle(handle -> definitions.values().forEach(sql -> handle.execute(sql)));
  }
}
