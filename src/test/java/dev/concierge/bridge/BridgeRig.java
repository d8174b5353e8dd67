package dev.concierge.bridge;

import dev.concierge.SettableClock;
import dev.concierge.TestCalls;
import dev.concierge.agent.Agent;
import dev.concierge.agent.Instructions;
import dev.concierge.call.CallFact;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.CallFact.TurnSpoken;
import dev.concierge.call.Turn;
import dev.concierge.call.Usage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bridge whose two legs write down what they are given. */
final class BridgeRig {

  static final Usage SOME_USAGE = new Usage(1, 2, 3, 4, 5, 6);

  final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T12:00:00Z"));

  /** What the line was given, in order: {@code play 320}, {@code mark m1}, {@code clear}, ... */
  final List<String> line = new ArrayList<>();

  /**
   * What the model was given, audio aside, in order: {@code truncate item 40}, {@code close}, ...
   */
  final List<String> model = new ArrayList<>();

  /** What both were given, in order. */
  final List<String> both = new ArrayList<>();

  final List<byte[]> appended = new ArrayList<>();
  final ByteArrayOutputStream played = new ByteArrayOutputStream();
  final List<CallFact> facts = new ArrayList<>();
  final CallBridge bridge;

  /** Whether the ledger refuses what came of the request. */
  boolean outcomesFail;

  private long timestampMs;

  BridgeRig() {
    this(BridgeSettings.DEFAULT);
  }

  BridgeRig(BridgeSettings settings) {
    bridge =
        new CallBridge(
            TestCalls.reservation(),
            new Line(),
            new Session(),
            new Agent(Instructions.standard()),
            settings,
            this::take,
            clock);
  }

  /** The agent is interrupted only by speech that lasts that long. */
  static BridgeRig withMinimumSpeech(Duration minimum) {
    BridgeSettings usual = BridgeSettings.DEFAULT;
    return new BridgeRig(
        new BridgeSettings(
            usual.chunk(), usual.listenFirst(), minimum, usual.silence(), usual.maxDuration()));
  }

  private void take(CallFact fact) {
    if (outcomesFail && fact instanceof CallFact.OutcomeRecorded) {
      throw new IllegalStateException("the ledger is full");
    }
    facts.add(fact);
  }

  // What comes in.

  BridgeRig ready() {
    bridge.accept(new ModelEvent.Ready());
    return this;
  }

  void callerAudio(byte[] audio) {
    bridge.accept(new CallerEvent.Media(timestampMs, audio));
    timestampMs += audio.length / 8;
  }

  /** Audio of that length is lost before it gets here. */
  void callerAudioIsLost(long ms) {
    timestampMs += ms;
  }

  void callerSilence(long ms) {
    byte[] silence = new byte[(int) ms * 8];
    Arrays.fill(silence, (byte) 0xFF);
    callerAudio(silence);
  }

  void responseStarts(String id) {
    bridge.accept(new ModelEvent.ResponseStarted(id));
  }

  /** The model says that many milliseconds more of an item. */
  void agentSays(String response, String item, long ms) {
    bridge.accept(new ModelEvent.Audio(response, item, new byte[(int) ms * 8]));
  }

  void agentItemEnds(String item, String text) {
    bridge.accept(new ModelEvent.AudioEnded(item));
    bridge.accept(new ModelEvent.AgentTranscribed(item, text));
  }

  void responseEnds(String id, ModelEvent.Ending ending) {
    boolean failed = ending == ModelEvent.Ending.FAILED;
    var fault = failed ? new ModelEvent.Faulted("server_error", "no") : null;
    bridge.accept(new ModelEvent.ResponseEnded(id, ending, fault, SOME_USAGE));
  }

  void responseFails(String id, String code) {
    bridge.accept(
        new ModelEvent.ResponseEnded(
            id, ModelEvent.Ending.FAILED, new ModelEvent.Faulted(code, "no"), SOME_USAGE));
  }

  void hostBegins(String item, long ms) {
    bridge.accept(new ModelEvent.SpeechStarted(item, ms));
  }

  void hostEnds(String item, long ms) {
    bridge.accept(new ModelEvent.SpeechStopped(item, ms));
  }

  void hostWords(String item, String text) {
    bridge.accept(new ModelEvent.HostTranscribed(item, text));
  }

  void tool(String name, String arguments) {
    bridge.accept(new ModelEvent.ToolCalled("tool-" + name, name, arguments));
  }

  void markReturns(String mark) {
    bridge.accept(new CallerEvent.MarkReturned(mark));
  }

  /** Every mark the line was given comes back. */
  void allIsPlayed() {
    marks().forEach(this::markReturns);
  }

  /** Time passes; the bridge is called whenever it wants to be. */
  void pass(Duration duration) {
    Instant end = clock.instant().plus(duration);
    while (bridge.nextDeadlineMs() <= end.toEpochMilli()) {
      long waitMs = Math.max(0, bridge.nextDeadlineMs() - clock.millis());
      clock.advance(Duration.ofMillis(waitMs));
      bridge.onTime();
    }
    clock.advance(Duration.between(clock.instant(), end));
  }

  /** The agent has spoken two pieces of a second each; the first has been played. */
  void agentIsSpeaking() {
    ready();
    responseStarts("r1");
    bridge.accept(new ModelEvent.AgentTranscript("i1", "one two three four"));
    agentSays("r1", "i1", 1_000);
    agentSays("r1", "i1", 1_000);
    clock.advance(Duration.ofSeconds(1));
    markReturns("m1");
  }

  // What came out.

  /** All audio that the model was given. */
  byte[] appended() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    appended.forEach(all::writeBytes);
    return all.toByteArray();
  }

  List<String> marks() {
    return line.stream().filter(s -> s.startsWith("mark ")).map(s -> s.substring(5)).toList();
  }

  List<Turn> turns() {
    return facts.stream()
        .filter(TurnSpoken.class::isInstance)
        .map(fact -> ((TurnSpoken) fact).turn())
        .toList();
  }

  List<ConversationEnded> ends() {
    return facts.stream()
        .filter(ConversationEnded.class::isInstance)
        .map(ConversationEnded.class::cast)
        .toList();
  }

  long created() {
    return model.stream().filter(s -> s.startsWith("create")).count();
  }

  private void given(List<String> leg, String what) {
    leg.add(what);
    both.add(what);
  }

  private final class Line implements CallerLeg {
    @Override
    public void play(byte[] mulaw) {
      given(line, "play " + mulaw.length);
      played.writeBytes(mulaw);
    }

    @Override
    public void mark(String name) {
      given(line, "mark " + name);
    }

    @Override
    public void clear() {
      given(line, "clear");
    }

    @Override
    public void sayAndHangUp(String words) {
      given(line, "say");
    }

    @Override
    public void close() {
      given(line, "close");
    }
  }

  private final class Session implements ModelLeg {
    @Override
    public void append(byte[] mulaw) {
      appended.add(mulaw);
    }

    @Override
    public void commit() {
      given(model, "commit");
    }

    @Override
    public void createResponse(@Nullable String instructions) {
      given(model, instructions == null ? "create" : "create: " + instructions);
    }

    @Override
    public void cancelResponse() {
      given(model, "cancel");
    }

    @Override
    public void truncate(String itemId, long heardMs) {
      given(model, "truncate " + itemId + " " + heardMs);
    }

    @Override
    public void answerTool(String toolCallId, String outputJson) {
      given(model, "answer " + toolCallId + (outputJson.contains("true") ? " ok" : " error"));
    }

    @Override
    public void close() {
      given(model, "close");
    }
  }
}
