package dev.concierge.ledger;

import dev.concierge.call.Outcome;
import dev.concierge.call.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts calls row by row. Percentiles are exact: it keeps four bytes for each time that it was
 * told. For one thread.
 */
final class Tally {

  /** What {@link #add} reads. */
  static final String COLUMNS = ", c.outcome, " + CallFigures.COLUMNS;

  private static final String CONFIRMED = CallRow.word(Outcome.Result.CONFIRMED);

  private long calls;
  private long answered;
  private long confirmed;
  private long talkMs;
  private long bargeIns;
  private final Times firstAudio = new Times();
  private final Times responses = new Times();
  private Usage usage = Usage.NONE;

  void add(ResultSet row) throws SQLException {
    calls++;
    answered += row.getBoolean("answered") ? 1 : 0;
    confirmed += CONFIRMED.equals(row.getString("outcome")) ? 1 : 0;
    String times = row.getString("response_ms");
    if (times == null) {
      // No conversation: there is nothing more to count.
      return;
    }
    addTimes(times);
    long firstAudioMs = row.getLong("first_audio_ms");
    if (!row.wasNull()) {
      firstAudio.add((int) Math.min(firstAudioMs, Integer.MAX_VALUE));
    }
    talkMs += row.getLong("talk_ms");
    bargeIns += row.getLong("barge_ins");
    usage = usage.plus(usage(row));
  }

  /** Adds what another one counted. */
  void add(Tally other) {
    calls += other.calls;
    answered += other.answered;
    confirmed += other.confirmed;
    talkMs += other.talkMs;
    bargeIns += other.bargeIns;
    firstAudio.add(other.firstAudio);
    responses.add(other.responses);
    usage = usage.plus(other.usage);
  }

  private static Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        row.getLong("input_text_tokens"),
        row.getLong("input_audio_tokens"),
        row.getLong("cached_text_tokens"),
        row.getLong("cached_audio_tokens"),
        row.getLong("output_text_tokens"),
        row.getLong("output_audio_tokens"));
  }

  /** Adds numbers with a space between. */
  private void addTimes(String times) {
    int begin = 0;
    while (begin < times.length()) {
      int space = times.indexOf(' ', begin);
      int end = space < 0 ? times.length() : space;
      responses.add(Integer.parseInt(times, begin, end, 10));
      begin = end + 1;
    }
  }

  /** The sum. */
  CallTotals totals() {
    return new CallTotals(
        calls,
        answered,
        confirmed,
        talkMs,
        bargeIns,
        firstAudio.percentiles(),
        responses.percentiles(),
        usage);
  }
}
