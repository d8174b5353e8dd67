package dev.concierge.bridge;

import dev.concierge.call.Turn;
import dev.concierge.call.Turn.Speaker;
import java.util.Iterator;
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

  /** What a character takes to say: speech of 150 words a minute, of six characters each. */
  private static final long MS_PER_CHARACTER = 67;

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

    /** How long all of it is; words run ahead of their audio, so what was sent may be less. */
    long lengthMs() {
      return audioEnded ? sentMs : Math.max(sentMs, text.length() * MS_PER_CHARACTER);
    }
  }

  private static final class HostItem {
    final long startedMs;
    long endedMs = -1;

    HostItem(long startedMs) {
      this.startedMs = startedMs;
    }
  }

  /** Takes the words of either side, if the event has any. */
  void accept(ModelEvent event) {
    if (event instanceof ModelEvent.AgentTranscript words) {
      agentWords(words.itemId(), words.text());
    } else if (event instanceof ModelEvent.AgentTranscribed words) {
      agentTextEnded(words.itemId(), words.text());
    } else if (event instanceof ModelEvent.HostTranscribed words) {
      hostWords(words.itemId(), words.text());
    } else if (event instanceof ModelEvent.TranscriptionFailed failed) {
      hostWords(failed.itemId(), null);
    }
  }

  /** More of the agent's words; they come before their audio. */
  private void agentWords(String itemId, String words) {
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

  private void agentTextEnded(String itemId, String text) {
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
   */
  void agentHeard(boolean generated, long nowMs) {
    Iterator<Map.Entry<String, AgentItem>> entries = agentItems.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, AgentItem> entry = entries.next();
      AgentItem item = entry.getValue();
      boolean complete = generated || (item.audioEnded && item.textEnded);
      if (complete && !playback.isPlaying(entry.getKey())) {
        entries.remove();
        tell(item, playback.heardMs(entry.getKey(), nowMs), false);
        playback.forget(entry.getKey());
      }
    }
  }

  /** An item was cut off after that much of it was heard. */
  void agentCut(String itemId, long heardMs) {
    AgentItem item = agentItems.remove(itemId);
    if (item != null) {
      tell(item, heardMs, true);
    }
  }

  private void tell(AgentItem item, long heardMs, boolean interrupted) {
    if (item.startedMs < 0) {
      return;
    }
    String text = item.text.toString().trim();
    String heard =
        interrupted || !item.audioEnded ? heardPart(text, heardMs, item.lengthMs()) : text;
    long endedMs = item.startedMs + heardMs;
    turns.accept(new Turn(Speaker.AGENT, text, heard, item.startedMs, endedMs, interrupted));
  }

  /** The words that were heard, as far as the share of the audio tells; whole words only. */
  static String heardPart(String text, long heardMs, long lengthMs) {
    if (lengthMs <= 0 || heardMs <= 0) {
      return "";
    }
    if (heardMs >= lengthMs) {
      return text;
    }
    int length = (int) (text.length() * heardMs / lengthMs);
    int lastSpace = text.lastIndexOf(' ', length);
    return lastSpace < 0 ? "" : text.substring(0, lastSpace);
  }

  /**
   * @param audioMs where it began, by the model's count of the audio
   */
  void hostBegan(String itemId, long audioMs) {
    hostItems.putIfAbsent(itemId, new HostItem(lineClock.ofModel(audioMs)));
  }

  /**
   * @param audioMs where it ended, by the model's count of the audio
   */
  void hostEnded(String itemId, long audioMs) {
    HostItem item = hostItems.get(itemId);
    if (item != null) {
      item.endedMs = lineClock.ofModel(audioMs);
    }
  }

  /**
   * The host is gone.
   *
   * @return whether they were still speaking
   */
  boolean hostLeft() {
    boolean speaking = false;
    for (HostItem item : hostItems.values()) {
      if (item.endedMs < 0) {
        item.endedMs = lineClock.nowMs();
        speaking = true;
      }
    }
    return speaking;
  }

  /** What the host said; {@code null} where it could not be written down. */
  private void hostWords(String itemId, @Nullable String text) {
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
    agentItems.forEach((id, item) -> tell(item, playback.heardMs(id, nowMs), false));
    agentItems.clear();
  }

  /** Nothing more is learned of the host: tells what is left. */
  void endHost() {
    List.copyOf(hostItems.keySet()).forEach(itemId -> hostWords(itemId, null));
  }
}
