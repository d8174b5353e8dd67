package dev.concierge.bridge;

import java.time.Duration;

/**
 * The moments a conversation waits for: what may take how long before something is done about it.
 */
final class Patience {

  /** How long the model may take for the first sound of an answer; then the callee is let go. */
  private static final Duration ANSWER = Duration.ofSeconds(6);

  /** How long before the longest duration the agent is told to finish. */
  private static final Duration WRAP_UP = Duration.ofSeconds(30);

  /** How long before its end a conversation that is not over is told to say goodbye. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  /**
   * How long speech may last: then the word of its end must have been lost. Music while on hold may
   * count as speech.
   */
  private static final Duration LONGEST_SPEECH = Duration.ofMinutes(2);

  /** How long the agent waits in silence when it was asked to hold. */
  private static final Duration HOLD = Duration.ofMinutes(2);

  /** How soon it is looked again whether a callee who is speaking has finished. */
  private static final Duration POSTPONED = Duration.ofMillis(500);

  /** How much longer than its audio a goodbye may take, if its last mark never comes back. */
  private static final Duration GOODBYE_GRACE = Duration.ofSeconds(5);

  /** How long a stream may outlive its call: usually it is the first to end, and tells more. */
  private static final Duration STREAM_END = Duration.ofMillis(200);

  /** How long the last words are waited for when the callee has hung up. */
  private static final Duration LINGER = Duration.ofMillis(800);

  final Deadline streamEnd = new Deadline();
  final Deadline opening = new Deadline();
  final Deadline answer = new Deadline();
  final Deadline quiet = new Deadline();
  final Deadline wrapUp = new Deadline();
  final Deadline lastWords = new Deadline();
  final Deadline longest = new Deadline();
  final Deadline goodbye = new Deadline();
  final Deadline linger = new Deadline();

  private final BridgeSettings settings;
  private boolean holding;

  Patience(BridgeSettings settings, long startedMs) {
    this.settings = settings;
    longest.set(startedMs + settings.maxDuration().toMillis());
    wrapUp.set(longest.atMs() - WRAP_UP.toMillis());
  }

  void listenForGreeting(long nowMs) {
    opening.set(nowMs + settings.listenFirst().toMillis());
  }

  void expectAnswer(long nowMs) {
    answer.set(nowMs + ANSWER.toMillis());
  }

  /** The callee speaks: of that, too, there is an end. */
  void hostSpeaks(long nowMs) {
    holding = false;
    quiet.set(nowMs + LONGEST_SPEECH.toMillis());
  }

  /** Somebody was heard on the line: silence is counted from here. */
  void heardSomebody(long nowMs) {
    quiet.set(nowMs + (holding ? HOLD : settings.silence()).toMillis());
  }

  /** The agent was asked to hold: until the callee speaks, silence may last longer. */
  void hold(long nowMs) {
    holding = true;
    heardSomebody(nowMs);
  }

  /** Silence has lasted for too long, and is broken. */
  void breakSilence(long nowMs) {
    holding = false;
    heardSomebody(nowMs);
  }

  /**
   * The conversation must be over by then.
   *
   * @return whether that is sooner than it had to be
   */
  boolean endBy(long atMs, long nowMs) {
    boolean sooner = atMs < longest.atMs();
    if (sooner) {
      longest.set(atMs);
      wrapUp.set(Math.max(nowMs, atMs - WRAP_UP.toMillis()));
      lastWords.set(Math.max(nowMs, atMs - LAST_WORDS.toMillis()));
    }
    return sooner;
  }

  /** Not while they speak, or before the model can. */
  void postpone(Deadline deadline, long nowMs) {
    deadline.set(nowMs + POSTPONED.toMillis());
  }

  void playGoodbye(long nowMs, long waitingMs) {
    goodbye.set(nowMs + waitingMs + GOODBYE_GRACE.toMillis());
  }

  void expectStreamEnd(long nowMs) {
    if (!streamEnd.isSet()) {
      streamEnd.set(nowMs + STREAM_END.toMillis());
    }
  }

  void linger(long nowMs) {
    linger.set(nowMs + LINGER.toMillis());
  }

  /** The next moment something is due while the callee is on the line. */
  long nextMs() {
    long next = Math.min(opening.atMs(), answer.atMs());
    next = Math.min(next, Math.min(quiet.atMs(), wrapUp.atMs()));
    next = Math.min(next, Math.min(lastWords.atMs(), streamEnd.atMs()));
    return Math.min(next, Math.min(longest.atMs(), goodbye.atMs()));
  }
}
