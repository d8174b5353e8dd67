package dev.concierge.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concierge.call.CallId;
import dev.concierge.ledger.CallHistory.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  private static final Map<String, List<String>> LIST = Map.of("status", List.of("busy", "failed"));

  @Property
  void aCursorLeadsBackToItsPlace(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds,
      @ForAll @LongRange(min = 0, max = 999_999_999) long nanos)
      throws Exception {
    Position position = new Position(Instant.ofEpochSecond(seconds, nanos), CallId.random());
    String cursor = Cursor.write(position, LIST);
    assertThat(Cursor.read(cursor, LIST)).isEqualTo(position);
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void aCursorBelongsToTheFilterAndTheOrderOfItsList() throws Exception {
    Position position = new Position(Instant.EPOCH, CallId.random());
    String cursor = Cursor.write(position, LIST);
    Map<String, List<String>> same =
        Map.of(
            "cursor", List.of(cursor), "limit", List.of("7"), "status", List.of("failed", "busy"));
    assertThat(Cursor.read(cursor, same)).isEqualTo(position);
    Map<String, List<String>> another = Map.of("status", List.of("busy"));
    assertThatThrownBy(() -> Cursor.read(cursor, another))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("another order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "???",
        "MjAyNi0xMS0xOFQyMDozMDowMFo",
        "MjAyNi0xMS0xOFQyMDozMDowMFovYWJj",
        // +1000000000-12-31T23:59:59Z/01890a5d-ac96-774b-bcce-b302099a8057
        "KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaLzAxODkwYTVkLWFjOTYtNzc0Yi1iY2NlLWIzMDIwOTlhODA1Nw"
      })
  void aTextThatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.read(text, LIST)).isInstanceOf(InvalidValueException.class);
  }
}
