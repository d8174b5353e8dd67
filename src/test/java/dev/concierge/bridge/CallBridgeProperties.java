package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.bridge.ModelEvent.Ending;
import dev.concierge.call.EndedReason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever comes in, legal or not and in whatever order, some things hold. */
class CallBridgeProperties {

  private enum Input {
    READY,
    CALLER_AUDIO,
    MARK,
    UNKNOWN_MARK,
    KEY,
    JUNK,
    HOST_BEGINS,
    HOST_ENDS,
    HOST_WORDS,
    RESPONSE_STARTS,
    AGENT_AUDIO,
    LATE_AUDIO,
    ITEM_ENDS,
    RECORD,
    END_CALL,
    RESPONSE_COMPLETED,
    RESPONSE_CANCELLED,
    RESPONSE_FAILED,
    FAULT,
    TIME,
    MODEL_LOST,
    STOPPED
  }

  private final BridgeRig rig = new BridgeRig();
  private final ByteArrayOutputStream heardFromCaller = new ByteArrayOutputStream();
  private long sentMs;
  private int response;
  private int item;

  @Property
  void theCalleesAudioArrivesUnchangedAndInOrder(
      @ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    byte[] given = heardFromCaller.toByteArray();
    assertThat(appended()).isEqualTo(Arrays.copyOf(given, appended().length));
    rig.ready();
    rig.pass(Duration.ofMillis(100));
    if (!rig.bridge.isEnded()) {
      assertThat(appended()).isEqualTo(given);
    }
  }

  private byte[] appended() {
    ByteArrayOutputStream appended = new ByteArrayOutputStream();
    rig.appended.forEach(appended::writeBytes);
    return appended.toByteArray();
  }

  @Property
  void everyConversationEndsOnceAndReleasesTheModel(
      @ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.bridge.accept(new CallerEvent.Stopped());
    rig.pass(Duration.ofSeconds(2));
    assertThat(rig.bridge.isEnded()).isTrue();
    assertThat(rig.bridge.nextDeadlineMs()).isEqualTo(Deadline.NEVER);
    assertThat(rig.ends()).hasSize(1);
    assertThat(rig.model).filteredOn("close"::equals).hasSize(1);
    assertThat(rig.line)
        .filteredOn(given -> given.equals("close") || given.equals("say"))
        .isNotEmpty();
  }

  @Property
  void nothingIsGivenToAnyoneAfterTheEnd(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll @Size(max = 40) List<Input> late,
      @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.bridge.end(EndedReason.SHUT_DOWN, null);
    List<String> line = List.copyOf(rig.line);
    List<String> model = List.copyOf(rig.model);
    int facts = rig.facts.size();
    late.forEach(input -> give(input, random));
    assertThat(rig.line).isEqualTo(line);
    assertThat(rig.model).isEqualTo(model);
    assertThat(rig.facts).hasSize(facts);
  }

  @Property
  void truncationNeverPassesWhatWasPlayed(
      @ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    assertThat(rig.model)
        .filteredOn(given -> given.startsWith("truncate"))
        .allSatisfy(
            given ->
                assertThat(Long.parseLong(given.substring(given.lastIndexOf(' ') + 1)))
                    .isBetween(0L, sentMs));
    assertThat(rig.turns())
        .allMatch(turn -> turn.endedMs() >= turn.startedMs() || !turn.interrupted());
  }

  @Property
  void noTwoMarksAreTheSame(@ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    assertThat(rig.marks()).doesNotHaveDuplicates();
  }

  /** The time a conversation waits is bounded: without any input it ends by itself. */
  @Property(tries = 100)
  void aConversationLeftAloneEndsByItself(
      @ForAll @Size(max = 60) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.pass(Duration.ofMinutes(11));
    assertThat(rig.ends()).hasSize(1);
  }

  private void give(Input input, Random random) {
    switch (input) {
      case READY -> rig.ready();
      case CALLER_AUDIO -> callerAudio(random);
      case MARK -> {
        if (!rig.marks().isEmpty()) {
          rig.markReturns(rig.marks().get(random.nextInt(rig.marks().size())));
        }
      }
      case UNKNOWN_MARK -> rig.markReturns("somebody else's");
      case KEY -> rig.bridge.accept(new CallerEvent.KeyPressed("5"));
      case JUNK -> {
        rig.bridge.accept(new CallerEvent.Ignored());
        rig.bridge.accept(new ModelEvent.Ignored());
      }
      case HOST_BEGINS -> rig.hostBegins("h" + random.nextInt(4), random.nextInt(10_000));
      case HOST_ENDS -> rig.hostEnds("h" + random.nextInt(4), random.nextInt(10_000));
      case HOST_WORDS -> rig.hostWords("h" + random.nextInt(4), "words");
      case RESPONSE_STARTS -> rig.responseStarts("r" + ++response);
      case AGENT_AUDIO -> agentAudio("r" + response, "i" + item, random);
      case LATE_AUDIO -> agentAudio("r" + random.nextInt(response + 1), "late", random);
      case ITEM_ENDS -> rig.agentItemEnds("i" + item++, "some words of the agent");
      case RECORD -> rig.tool("record_outcome", "{\"result\":\"declined\"}");
      case END_CALL -> rig.tool("end_call", "{}");
      case RESPONSE_COMPLETED -> rig.responseEnds("r" + response, Ending.COMPLETED);
      case RESPONSE_CANCELLED -> rig.responseEnds("r" + response, Ending.CANCELLED);
      case RESPONSE_FAILED -> rig.responseEnds("r" + response, Ending.FAILED);
      case FAULT -> rig.bridge.accept(new ModelEvent.Faulted("some_code", "words"));
      case TIME -> rig.pass(Duration.ofMillis(random.nextInt(3_000)));
      case MODEL_LOST -> rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "gone"));
      case STOPPED -> rig.bridge.accept(new CallerEvent.Stopped());
    }
  }

  private void callerAudio(Random random) {
    byte[] audio = new byte[random.nextInt(1_000)];
    random.nextBytes(audio);
    heardFromCaller.writeBytes(audio);
    rig.callerAudio(audio);
  }

  private void agentAudio(String responseId, String itemId, Random random) {
    byte[] audio = new byte[random.nextInt(4_000)];
    sentMs += audio.length / 8 + 1;
    rig.bridge.accept(new ModelEvent.Audio(responseId, itemId, audio));
  }
}
