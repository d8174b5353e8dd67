package dev.concierge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concierge.Behaviour;
import dev.concierge.bridge.ConversationProbe.Timed;
import dev.concierge.call.CallFact.BargedIn;
import dev.concierge.call.CallFact.ModelFaulted;
import dev.concierge.call.CallId;
import dev.concierge.call.Usage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Latencies, rate limits and the model's faults are measured. */
class ConversationProbeTest {

  private static final byte[] FRAME = new byte[160];

  private final ConversationsRig rig = new ConversationsRig();
  private Consumer<CallerEvent> line;

  @BeforeEach
  void begin() {
    line = rig.begin(CallId.random());
    rig.model(new ModelEvent.Ready());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void hostSpeaks(String item) {
    rig.model(new ModelEvent.SpeechStarted(item, 0));
    rig.model(new ModelEvent.SpeechStopped(item, 500));
  }

  private void agentSays(String response, int bytes) {
    rig.model(new ModelEvent.Audio(response, "i-" + response, new byte[bytes]));
  }

  private List<String> told(String what) {
    return rig.meter.told.stream().filter(each -> each.startsWith(what)).toList();
  }

  @Test
  @Behaviour(58)
  void theTimeFromTheCalleesSilenceToTheFirstDeltaAndTheFirstMediaIsTold() {
    hostSpeaks("h1");
    rig.clock.advance(Duration.ofMillis(700));
    rig.model(new ModelEvent.ResponseStarted("r1"));
    rig.lineTakes = Duration.ofMillis(3);
    agentSays("r1", 160);
    agentSays("r1", 160);
    assertThat(told("first")).containsExactly("firstAudio 703", "firstDelta 700", "firstMedia 703");
  }

  @Test
  void aDeltaThatIsTooShortForAFrameIsNoMediaYet() {
    hostSpeaks("h1");
    rig.model(new ModelEvent.ResponseStarted("r1"));
    rig.clock.advance(Duration.ofMillis(500));
    agentSays("r1", 80);
    rig.clock.advance(Duration.ofMillis(40));
    agentSays("r1", 80);
    assertThat(told("first")).containsExactly("firstAudio 540", "firstDelta 540", "firstMedia 540");
  }

  @Test
  void eachTurnIsTimedAndOnlyTheFirstAudioOfACallIsItsFirst() {
    hostSpeaks("h1");
    rig.clock.advance(Duration.ofMillis(700));
    agentSays("r1", 160);
    hostSpeaks("h2");
    rig.clock.advance(Duration.ofMillis(400));
    agentSays("r2", 160);
    assertThat(told("firstMedia")).containsExactly("firstMedia 700", "firstMedia 400");
    assertThat(told("firstAudio")).containsExactly("firstAudio 700");
  }

  @Test
  void aCalleeWhoSpeaksOnIsAnsweredFromTheirLastSilenceOn() {
    hostSpeaks("h1");
    rig.clock.advance(Duration.ofMillis(900));
    hostSpeaks("h2");
    rig.clock.advance(Duration.ofMillis(300));
    agentSays("r1", 160);
    assertThat(told("firstMedia")).containsExactly("firstMedia 300");
  }

  @Test
  void aBargeInIsTimedAndSpeechIntoSilenceIsNone() {
    hostSpeaks("h1");
    rig.model(new ModelEvent.ResponseStarted("r1"));
    agentSays("r1", 1_600);
    assertThat(told("bargedIn")).isEmpty();
    rig.lineTakes = Duration.ofMillis(2);
    rig.model(new ModelEvent.SpeechStarted("h2", 900));
    assertThat(told("bargedIn")).containsExactly("bargedIn 2");
    rig.model(new ModelEvent.SpeechStarted("h3", 1_900));
    assertThat(told("bargedIn")).hasSize(1);
    assertThat(rig.meter.facts).hasAtLeastOneElementOfType(BargedIn.class);
  }

  @Test
  void aDeltaOfTheResponseThatWasInterruptedIsNoAnswer() {
    rig.model(new ModelEvent.ResponseStarted("r1"));
    agentSays("r1", 1_600);
    hostSpeaks("h1");
    rig.clock.advance(Duration.ofMillis(100));
    agentSays("r1", 1_600);
    rig.clock.advance(Duration.ofMillis(300));
    agentSays("r2", 160);
    assertThat(told("firstDelta")).containsExactly("firstDelta 400");
  }

  @Test
  void aBargeInThatHasToLastIsTimedFromItsBegin() {
    ConversationProbe probe = new ConversationProbe(new NoLine(), rig.meter, rig.clock);
    probe.received((Timed) probe.stamped(new ModelEvent.SpeechStarted("h1", 900)));
    rig.clock.advance(Duration.ofMillis(300));
    probe.clear();
    probe.clear();
    assertThat(told("bargedIn")).containsExactly("bargedIn 300");
  }

  private static final class NoLine implements CallerLeg {
    @Override
    public void play(byte[] mulaw) {}

    @Override
    public void mark(String name) {}

    @Override
    public void clear() {}

    @Override
    public void sayAndHangUp(String words) {}

    @Override
    public void close() {}
  }

  @Test
  void everyFrameIsCountedAndSomeAreTimed() {
    for (int i = 0; i < 107; i++) {
      line.accept(new CallerEvent.Media(i * 20L, FRAME));
    }
    assertThat(told("heard")).hasSize(107).containsOnly("heard 160");
    assertThat(told("passedToModel")).hasSize(3);
  }

  @Test
  void everyPieceIsCountedAndSomeAreTimed() {
    rig.model(new ModelEvent.ResponseStarted("r1"));
    rig.lineTakes = Duration.ofMillis(4);
    for (int i = 0; i < 12; i++) {
      agentSays("r1", 320);
    }
    assertThat(told("played")).hasSize(12).containsOnly("played 320");
    assertThat(told("passedToLine")).containsExactly("passedToLine 4", "passedToLine 4");
  }

  @Test
  @Behaviour(58)
  void whatIsLeftOfTheServicesLimitsIsTold() {
    rig.model(new ModelEvent.RateLimits(List.of(new ModelEvent.RateLimit("tokens", 1_234))));
    assertThat(told("rateLimit")).containsExactly("rateLimit tokens 1234");
  }

  @Test
  @Behaviour(58)
  void faultsAndFailedResponsesAreTold() {
    rig.model(new ModelEvent.Faulted("server_error", "words"));
    rig.model(
        new ModelEvent.ResponseEnded(
            "r1",
            ModelEvent.Ending.FAILED,
            new ModelEvent.Faulted("server_error", "words"),
            Usage.NONE));
    assertThat(rig.meter.facts)
        .filteredOn(ModelFaulted.class::isInstance)
        .extracting(fact -> ((ModelFaulted) fact).code())
        .containsExactly("server_error", "response_failed");
  }
}
