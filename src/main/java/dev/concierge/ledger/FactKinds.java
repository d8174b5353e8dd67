package dev.concierge.ledger;

import static java.util.Map.entry;

import dev.concierge.call.CallFact;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/** The words by which facts are known in the database and in the API. */
public final class FactKinds {

  /** The word of every kind of fact. A word in use never changes: rows bear it. */
  static final Map<String, Class<? extends CallFact>> BY_WORD =
      Map.ofEntries(
          entry("requested", CallFact.Requested.class),
          entry("submitted", CallFact.Submitted.class),
          entry("submission_failed", CallFact.SubmissionFailed.class),
          entry("submission_uncertain", CallFact.SubmissionUncertain.class),
          entry("hangup_requested", CallFact.HangupRequested.class),
          entry("status_reported", CallFact.StatusReported.class),
          entry("stream_reported", CallFact.StreamReported.class),
          entry("answered_by", CallFact.AnsweredBy.class),
          entry("conversation_started", CallFact.ConversationStarted.class),
          entry("turn_spoken", CallFact.TurnSpoken.class),
          entry("barged_in", CallFact.BargedIn.class),
          entry("key_pressed", CallFact.KeyPressed.class),
          entry("outcome_recorded", CallFact.OutcomeRecorded.class),
          entry("model_faulted", CallFact.ModelFaulted.class),
          entry("conversation_ended", CallFact.ConversationEnded.class),
          entry("reconciled", CallFact.Reconciled.class),
          entry("personal_data_erased", CallFact.PersonalDataErased.class));

  private static final Map<Class<? extends CallFact>, String> WORDS =
      BY_WORD.entrySet().stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey));

  private FactKinds() {}

  /** The word for a fact's kind, such as {@code turn_spoken}. */
  public static String wordFor(CallFact fact) {
    String word = WORDS.get(fact.getClass());
    if (word == null) {
      throw new IllegalArgumentException("a fact without a word: " + fact.getClass().getName());
    }
    return word;
  }
}
