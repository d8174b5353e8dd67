package dev.concierge.bridge;

import dev.concierge.call.CallFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told: {@code heard 160}, {@code bargedIn 3}, times in milliseconds. */
final class RecordingMeter implements ConversationMeter {

  final List<String> told = new ArrayList<>();
  final List<CallFact> facts = new ArrayList<>();

  @Override
  public void heard(int bytes) {
    told.add("heard " + bytes);
  }

  @Override
  public void played(int bytes) {
    told.add("played " + bytes);
  }

  @Override
  public void passedToModel(Duration took) {
    told.add("passedToModel " + took.toMillis());
  }

  @Override
  public void passedToLine(Duration took) {
    told.add("passedToLine " + took.toMillis());
  }

  @Override
  public void bargedIn(Duration took) {
    told.add("bargedIn " + took.toMillis());
  }

  @Override
  public void firstAudio(Duration afterStart) {
    told.add("firstAudio " + afterStart.toMillis());
  }

  @Override
  public void firstDelta(Duration afterSpeech) {
    told.add("firstDelta " + afterSpeech.toMillis());
  }

  @Override
  public void firstMedia(Duration afterSpeech) {
    told.add("firstMedia " + afterSpeech.toMillis());
  }

  @Override
  public void rateLimit(ModelEvent.RateLimit limit) {
    told.add("rateLimit " + limit.name() + " " + limit.remaining());
  }

  @Override
  public void fact(CallFact fact) {
    facts.add(fact);
  }
}
