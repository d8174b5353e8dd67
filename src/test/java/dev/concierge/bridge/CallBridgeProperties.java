package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.concierge.Behaviour;
import dev.concierge.bridge.ModelEvent.Ending;
import dev.concierge.call.CallFact.ConversationEnded;
import dev.concierge.call.EndedReason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

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
    HOST_ENDS_TWICE,
    HOST_ENDS_BEFORE_BEGUN,
    HOST_WORDS,
    RESPONSE_STARTS,
    AGENT_AUDIO,
    LATE_AUDIO,
    ITEM_ENDS,
    RECORD,
    END_CALL,
    HOLD,
    RESPONSE_COMPLETED,
    RESPONSE_CANCELLED,
    RESPONSE_FAILED,
    OLD_RESPONSE_STARTS,
    OLD_RESPONSE_ENDS,
    RESPONSE_ENDS_BEFORE_STARTED,
    FAULT,
    REFUSED,
    TIME,
    MODEL_LOST,
    STOPPED
  }

  private static final Set<Input> ENDS_A_RESPONSE =
      EnumSet.of(
          Input.RESPONSE_COMPLETED,
          Input.RESPONSE_CANCELLED,
          Input.RESPONSE_FAILED,
          Input.RESPONSE_ENDS_BEFORE_STARTED,
          Input.REFUSED);

  /** A byte of an item says in its upper half which one it is, in its lower half its place. */
  private static final int ITEMS_APART = 16;

  private BridgeRig rig;
  private ByteArrayOutputStream heardFromCaller;
  private Map<String, Integer> receivedBytes;
  private Map<String, Integer> numbers;
  private int response;
  private int item;

  /** One instance serves all tries of a property. */
  @BeforeTry
  void begin() {
    rig = new BridgeRig();
    heardFromCaller = new ByteArrayOutputStream();
    receivedBytes = new HashMap<>();
    numbers = new HashMap<>();
    response = 0;
    item = 0;
  }

  /** With a minimum of speech the bridge takes the turns, otherwise the model's service does. */
  private void letTheBridgeTakeTurns(boolean bridgeTakesTurns) {
    rig = bridgeTakesTurns ? BridgeRig.withMinimumSpeech(Duration.ofMillis(300)) : new BridgeRig();
  }

  @Property
  @Behaviour(31)
  void theCalleesAudioArrivesUnchangedAndInOrder(
      @ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    byte[] given = heardFromCaller.toByteArray();
    assertThat(rig.appended()).isEqualTo(Arrays.copyOf(given, rig.appended().length));
    rig.ready();
    rig.pass(Duration.ofMillis(100));
    if (isOnTheLine()) {
      assertThat(rig.appended()).isEqualTo(given);
    }
  }

  @Property
  @Behaviour(33)
  void theAgentsAudioIsPlayedUnchangedAndInOrderAndInWholeFrames(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 2_000) Integer> sizes) {
    rig.ready();
    rig.responseStarts("r1");
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    for (int size : sizes) {
      byte[] audio = numbered("i1", size);
      given.writeBytes(audio);
      rig.bridge.accept(new ModelEvent.Audio("r1", "i1", audio));
    }
    rig.bridge.accept(new ModelEvent.AudioEnded("i1"));
    assertThat(rig.played.toByteArray()).isEqualTo(given.toByteArray());
    List<String> plays = rig.line.stream().filter(told -> told.startsWith("play")).toList();
    assertThat(plays.subList(0, plays.size() - 1))
        .allMatch(play -> Integer.parseInt(play.substring(5)) % 160 == 0);
  }

  /** What is heard of an item is its beginning, without a gap, and nothing once it was cut. */
  @Property
  @Behaviour({33, 41})
  void ofAnItemNothingIsLeftOutAndNothingComesAfterItsClear(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    Random random = new Random(seed);
    int[] heard = new int[ITEMS_APART];
    boolean[] cut = new boolean[ITEMS_APART];
    for (Input input : inputs) {
      int line = rig.line.size();
      int model = rig.model.size();
      rig.played.reset();
      give(input, random);
      for (byte sample : rig.played.toByteArray()) {
        int number = (sample & 0xFF) / ITEMS_APART;
        if (cut[number] || (sample & 0xFF) % ITEMS_APART != heard[number]++ % ITEMS_APART) {
          fail("item %d is heard after its clear, or not in order", number);
        }
      }
      if (rig.line.subList(line, rig.line.size()).contains("clear")) {
        truncatedSince(model).forEach(name -> cut[numbers.get(name)] = true);
      }
    }
  }

  /** The items that the model was told were cut, from that one on of what it was given. */
  private List<String> truncatedSince(int given) {
    return rig.model.subList(given, rig.model.size()).stream()
        .filter(each -> each.startsWith("truncate"))
        .map(each -> each.split(" ")[1])
        .toList();
  }

  @Property
  void noResponseIsAskedForWhileOneIsActive(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    Random random = new Random(seed);
    boolean active = false;
    for (Input input : inputs) {
      active &= !ENDS_A_RESPONSE.contains(input);
      long created = rig.created();
      give(input, random);
      long asked = rig.created() - created;
      assertThat(asked).isLessThanOrEqualTo(active ? 0 : 1);
      active |= asked > 0 || input == Input.RESPONSE_STARTS;
    }
  }

  @Property
  @Behaviour(53)
  void everyConversationEndsOnceAndReleasesBothSides(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.bridge.accept(new CallerEvent.Stopped());
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.bridge.isEnded()).isTrue();
    assertThat(rig.bridge.nextDeadlineMs()).isEqualTo(Deadline.NEVER);
    assertThat(rig.ends()).hasSize(1);
    assertThat(rig.facts).last().isInstanceOf(ConversationEnded.class);
    assertThat(rig.model).filteredOn("close"::equals).hasSize(1);
    assertThat(rig.line)
        .filteredOn(given -> given.equals("close") || given.equals("say"))
        .containsExactly(rig.line.get(rig.line.size() - 1));
  }

  @Property
  @Behaviour(53)
  void nothingIsGivenToAnyoneAfterTheEnd(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll @Size(max = 40) List<Input> late,
      @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.bridge.end(EndedReason.SHUT_DOWN, null);
    List<String> both = List.copyOf(rig.both);
    int facts = rig.facts.size();
    late.forEach(input -> give(input, random));
    assertThat(rig.both).isEqualTo(both);
    assertThat(rig.facts).hasSize(facts);
  }

  @Property
  @Behaviour(45)
  void truncationNeverPassesWhatWasReceivedOfTheItem(
      @ForAll @Size(max = 120) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    List<String> truncations =
        rig.model.stream().filter(given -> given.startsWith("truncate")).toList();
    assertThat(truncations)
        .allSatisfy(
            given -> {
              String[] words = given.split(" ");
              assertThat(Long.parseLong(words[2])).isBetween(0L, receivedBytes.get(words[1]) / 8L);
            });
    assertThat(truncatedSince(0)).doesNotHaveDuplicates();
  }

  @Property
  @Behaviour(38)
  void noTwoMarksAreTheSameAndAllComeOffTheList(
      @ForAll @Size(max = 120) List<Input> inputs, @ForAll long seed) {
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    assertThat(rig.marks()).doesNotHaveDuplicates();
    rig.bridge.accept(new CallerEvent.MarkReturned("m" + rig.marks().size()));
    int line = rig.line.size();
    rig.hostBegins("last", 0);
    assertThat(rig.line.subList(line, rig.line.size())).doesNotContain("clear");
  }

  /** The time a conversation waits is bounded: without any input it ends by itself. */
  @Property(tries = 100)
  void aConversationLeftAloneEndsByItself(
      @ForAll @Size(max = 60) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    rig.pass(Duration.ofMinutes(11));
    assertThat(rig.ends()).hasSize(1);
  }

  /** Whatever was lost, doubled or swapped: the agent speaks again, or the call ends. */
  @Property
  void nobodyIsEverLeftInSilence(
      @ForAll @Size(max = 60) List<Input> inputs,
      @ForAll boolean bridgeTakesTurns,
      @ForAll long seed) {
    letTheBridgeTakeTurns(bridgeTakesTurns);
    rig.ready();
    Random random = new Random(seed);
    inputs.forEach(input -> give(input, random));
    long created = rig.created();
    rig.pass(Duration.ofMinutes(3));
    assertThat(rig.bridge.isEnded() || rig.created() > created).isTrue();
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
      case HOST_ENDS_TWICE -> {
        String speech = "h" + random.nextInt(4);
        rig.hostEnds(speech, 0);
        rig.hostEnds(speech, 0);
      }
      case HOST_ENDS_BEFORE_BEGUN -> {
        String speech = "h" + random.nextInt(4);
        rig.hostEnds(speech, 0);
        rig.hostBegins(speech, 0);
      }
      case HOST_WORDS -> rig.hostWords("h" + random.nextInt(4), "words");
      case RESPONSE_STARTS -> rig.responseStarts("r" + ++response);
      case AGENT_AUDIO -> agentAudio(response, random);
      case LATE_AUDIO -> agentAudio(random.nextInt(response + 1), random);
      case ITEM_ENDS -> {
        rig.agentItemEnds(itemOf(response), "some words of the agent");
        item++;
      }
      case RECORD -> rig.tool("record_outcome", "{\"result\":\"declined\"}");
      case END_CALL -> rig.tool("end_call", "{}");
      case HOLD -> rig.tool("hold", "{}");
      case RESPONSE_COMPLETED -> rig.responseEnds("r" + response, Ending.COMPLETED);
      case RESPONSE_CANCELLED -> rig.responseEnds("r" + response, Ending.CANCELLED);
      case RESPONSE_FAILED -> rig.responseEnds("r" + response, Ending.FAILED);
      case OLD_RESPONSE_STARTS -> {
        if (response > 0) {
          rig.responseStarts("r" + (1 + random.nextInt(response)));
        }
      }
      case OLD_RESPONSE_ENDS -> {
        if (response > 1) {
          rig.responseEnds("r" + (1 + random.nextInt(response - 1)), Ending.COMPLETED);
        }
      }
      case RESPONSE_ENDS_BEFORE_STARTED -> {
        response++;
        rig.responseEnds("r" + response, Ending.COMPLETED);
        rig.responseStarts("r" + response);
      }
      case REFUSED ->
          rig.bridge.accept(
              new ModelEvent.Faulted("conversation_already_has_active_response", "words"));
      case FAULT -> rig.bridge.accept(new ModelEvent.Faulted("some_code", "words"));
      case TIME -> rig.pass(Duration.ofMillis(random.nextInt(3_000)));
      case MODEL_LOST -> rig.bridge.accept(new ModelEvent.Lost(EndedReason.MODEL_LOST, "gone"));
      case STOPPED -> rig.bridge.accept(new CallerEvent.Stopped());
    }
  }

  private void callerAudio(Random random) {
    byte[] audio = new byte[random.nextInt(1_000)];
    random.nextBytes(audio);
    if (isOnTheLine()) {
      heardFromCaller.writeBytes(audio);
    }
    rig.callerAudio(audio);
  }

  private boolean isOnTheLine() {
    return !rig.bridge.isEnded() && !rig.line.contains("close");
  }

  /** An item belongs to one response. */
  private String itemOf(int ofResponse) {
    return "r" + ofResponse + "-i" + item;
  }

  private void agentAudio(int ofResponse, Random random) {
    String name = itemOf(ofResponse);
    if (numbers.size() == ITEMS_APART && !numbers.containsKey(name)) {
      return;
    }
    byte[] audio = numbered(name, random.nextInt(2_000));
    rig.bridge.accept(new ModelEvent.Audio("r" + ofResponse, name, audio));
  }

  private byte[] numbered(String name, int size) {
    int number = numbers.computeIfAbsent(name, each -> numbers.size());
    int first = receivedBytes.merge(name, size, Integer::sum) - size;
    byte[] audio = new byte[size];
    for (int i = 0; i < size; i++) {
      audio[i] = (byte) (number * ITEMS_APART + (first + i) % ITEMS_APART);
    }
    return audio;
  }
}
