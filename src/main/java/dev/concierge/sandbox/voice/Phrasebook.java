package dev.concierge.sandbox.voice;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What was spoken in the sandbox. It understands audio by its bytes alone: a line is known only if
 * every byte from its first sound to its last arrives, in order. So a transcript in the sandbox
 * proves that the audio came through unharmed.
 *
 * <p>Of two lines that sound exactly alike, the one spoken last is heard. It keeps the lines spoken
 * most recently and forgets the rest. Thread-safe.
 */
public final class Phrasebook {

  /** What is shorter than this, 20 ms, is not attributed to any line. */
  private static final int OPENING_BYTES = 160;

  private final int capacity;
  private final Map<ByteBuffer, String> lines = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<ByteBuffer, Set<ByteBuffer>> byOpening = new HashMap<>();

  /**
   * @param capacity how many lines are kept
   */
  public Phrasebook(int capacity) {
    this.capacity = capacity;
  }

  /** Learns a line. Quiet around it does not matter; a line of nothing but quiet is not learnt. */
  public synchronized void learn(String text, byte[] mulaw) {
    byte[] spoken = Quiet.trim(mulaw);
    if (spoken.length < OPENING_BYTES) {
      return;
    }
    ByteBuffer line = ByteBuffer.wrap(spoken);
    if (lines.put(line, text) == null) {
      byOpening.computeIfAbsent(opening(line), o -> new LinkedHashSet<>()).add(line);
      forgetEldest();
    }
  }

  /**
   * Understands one stretch of speech: a line, several with quiet between them, or one cut short.
   */
  public synchronized Recognised recognise(byte[] mulaw) {
    byte[] speech = Quiet.trim(mulaw);
    String whole = lines.get(ByteBuffer.wrap(speech));
    return whole == null ? recogniseParts(speech) : new Recognised(whole, Completeness.WHOLE);
  }

  private Recognised recogniseParts(byte[] speech) {
    StringJoiner said = new StringJoiner(" ");
    int at = 0;
    while (at < speech.length) {
      Match match = longestMatch(speech, at);
      if (match.bytes() < OPENING_BYTES) {
        return Recognised.NOTHING;
      }
      said.add(match.words());
      at = Quiet.skip(speech, at + match.bytes());
      if (!match.whole()) {
        return at == speech.length
            ? new Recognised(said.toString().strip(), Completeness.CUT)
            : Recognised.NOTHING;
      }
    }
    return at == 0 ? Recognised.NOTHING : new Recognised(said.toString(), Completeness.WHOLE);
  }

  /** A whole line wins over a part of a longer one, unless the part goes on to the very end. */
  private Match longestMatch(byte[] speech, int from) {
    Match best = Match.NONE;
    for (ByteBuffer line : candidates(speech, from)) {
      Match match = match(line, speech, from);
      boolean usable = match.whole() || from + match.bytes() == speech.length;
      if (usable && match.bytes() >= best.bytes()) {
        best = match;
      }
    }
    return best;
  }

  private List<ByteBuffer> candidates(byte[] speech, int from) {
    if (speech.length - from < OPENING_BYTES) {
      return List.of();
    }
    return new ArrayList<>(
        byOpening.getOrDefault(ByteBuffer.wrap(speech, from, OPENING_BYTES), Set.of()));
  }

  private Match match(ByteBuffer line, byte[] speech, int from) {
    int available = Math.min(line.remaining(), speech.length - from);
    int differs = line.mismatch(ByteBuffer.wrap(speech, from, available));
    return new Match(
        differs < 0 ? available : differs, line.remaining(), lines.getOrDefault(line, ""));
  }

  private static ByteBuffer opening(ByteBuffer line) {
    return line.slice(0, OPENING_BYTES);
  }

  private void forgetEldest() {
    if (lines.size() > capacity) {
      ByteBuffer eldest = lines.keySet().iterator().next();
      lines.remove(eldest);
      byOpening.computeIfPresent(
          opening(eldest),
          (opening, known) -> known.remove(eldest) && known.isEmpty() ? null : known);
    }
  }

  private record Match(int bytes, int lineBytes, String text) {

    static final Match NONE = new Match(0, 1, "");

    boolean whole() {
      return bytes == lineBytes;
    }

    /** The words that fit into the part heard, by its length; a word begun is not counted. */
    String words() {
      if (whole()) {
        return text;
      }
      int end = (int) ((long) text.length() * bytes / lineBytes);
      return text.substring(0, Math.max(0, text.lastIndexOf(' ', end)));
    }
  }
}
