package dev.concierge.bridge;

import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what was said: the agent's words from the model's transcript and what of it was
 * heard from playback; the host's from a transcription that may come late.
 *
 * <p>Each turn is told once, when all of it is known or nothing more can come.
 */
final class Transcript {

  /** Stands for speech that could not be written down. */
  static final String NOT_TRANSCRIBED = "[not transcribed]";

  private final Map<String, AgentItem> agentItems = new LinkedHashMap<>();
  private final Map<String, HostItem> hostItems = new LinkedHashMap<>();
  private final Playback playback;
  private final LineClock lineClock;
  private final Consumer<Turn> turns;

  /**
   * @param playback tells what was heard of the agent
   * @param lineClock tells where on the line we are
   */
  Transcript(Playback playback, LineClock lineClock, Consumer<Turn> turns) {
    this.playback = playback;
    this.lineClock = lineClock;
    this.turns = turns;
  }

  private static final class AgentItem {
    final StringBuilder text = new StringBuilder();
    long startedMs = -1;
    long sentMs;
    boolean audioEnded;
    boolean textEnded;
  }

  private static final class HostItem {
    final long startedMs;
    long endedMs = -1;

    HostItem(long startedMs) {
      this.startedMs = startedMs;
    }
  }

  /** More of the agent's words; they come before their audio. */
  void agentWords(String itemId, String words) {
    AgentItem item = agentItems.computeIfAbsent(itemId, id -> new AgentItem());
    if (!item.textEnded) {
      item.text.append(words);
    }
  }

  /**
   * @param startsMs where on the line the first audio of the item will be heard
   */
  void agentAudio(String itemId, long startsMs, long ms) {
    AgentItem item = agentItems.computeIfAbsent(itemId, id -> new AgentItem());
    if (item.startedMs < 0) {
      item.startedMs = startsMs;
    }
    item.sentMs += ms;
  }

  void agentAudioEnded(String itemId) {
    AgentItem item = agentItems.get(itemId);
    if (item != null) {
      item.audioEnded = true;
    }
  }

  void agentTextEnded(String itemId, String text) {
    AgentItem item = agentItems.get(itemId);
    if (item != null) {
      item.text.setLength(0);
      item.text.append(text);
      item.textEnded = true;
    }
  }

  /**
   * Tells the turns of all items that have been generated and heard to their end.
   *
   * @param generated whether no response is being generated, so that no more words can come
   * @return the items told
   */
  List<String> agentHeard(boolean generated, long nowMs) {
    List<String> done =
        agentItems.entrySet().stream()
            .filter(
                entry -> generated || (entry.getValue().audioEnded && entry.getValue().textEnded))
            .map(Map.Entry::getKey)
            .filter(itemId -> !playback.isPlaying(itemId))
            .toList();
    done.forEach(itemId -> tell(itemId, playback.heardMs(itemId, nowMs), false));
    return done;
  }

  /** An item was cut off after that much of it was heard. */
  void agentCut(String itemId, long heardMs) {
    tell(itemId, heardMs, true);
  }

  private void tell(String itemId, long heardMs, boolean interrupted) {
    AgentItem item = agentItems.remove(itemId);
    if (item == null || item.startedMs < 0) {
      return;
    }
    String text = item.text.toString().trim();
    String heard = interrupted ? heardPart(text, heardMs, item.sentMs) : text;
    long endedMs = item.startedMs + heardMs;
    turns.accept(new Turn(Speaker.AGENT, text, heard, item.startedMs, endedMs, interrupted));
  }

  /** The words that were heard, as far as the share of the audio tells; whole words only. */
  static String heardPart(String text, long heardMs, long sentMs) {
    if (sentMs <= 0 || heardMs <= 0) {
      return "";
    }
    if (heardMs >= sentMs) {
      return text;
    }
    int length = (int) (text.length() * heardMs / sentMs);
    int lastSpace = text.lastIndexOf(' ', length);
    return lastSpace < 0 ? "" : text.substring(0, lastSpace);
  }

  void hostBegan(String itemId, long startedMs) {
    hostItems.putIfAbsent(itemId, new HostItem(startedMs));
  }

  void hostEnded(String itemId, long endedMs) {
    HostItem item = hostItems.get(itemId);
    if (item != null) {
      item.endedMs = endedMs;
    }
  }

  /** What the host said; {@code null} where it could not be written down. */
  void hostWords(String itemId, @Nullable String text) {
    HostItem item = hostItems.remove(itemId);
    if (item == null || (text != null && text.isBlank())) {
      return;
    }
    long endedMs = item.endedMs < 0 ? lineClock.nowMs() : item.endedMs;
    String words = text == null ? NOT_TRANSCRIBED : text.trim();
    turns.accept(new Turn(Speaker.HOST, words, null, item.startedMs, endedMs, false));
  }

  /** Whether something the host said to its end is still being written down. */
  boolean awaitsHostWords() {
    return hostItems.values().stream().anyMatch(item -> item.endedMs >= 0);
  }

  /** Nothing more is heard of the agent: tells what is left. */
  void endAgent(long nowMs) {
    playback.clear(nowMs).forEach(cut -> agentCut(cut.itemId(), cut.heardMs()));
    List.copyOf(agentItems.keySet()).forEach(id -> tell(id, playback.heardMs(id, nowMs), false));
  }

  /** Nothing more is learned of the host: tells what is left. */
  void endHost() {
    List.copyOf(hostItems.keySet()).forEach(itemId -> hostWords(itemId, null));
  }
}
