package dev.concierge.agent;

/** What the agent is told to say at moments which the conversation alone does not bring about. */
public enum Cue {
  /** The call was answered and nobody has spoken yet. */
  OPENING(
      "The call was answered. Greet whoever picked up, say that you are an AI assistant calling for"
          + " a guest, and ask for the table: party size, date and time."),
  /** Nobody has spoken for a while. */
  STILL_THERE("Nobody has spoken for a while. Ask briefly and kindly if they are still there."),
  /** The line stays silent. */
  GIVE_UP(
      "The line has stayed silent. Say that you will try again another time, thank them and say"
          + " goodbye."),
  /** The agent ended the call without a word. */
  GOODBYE("Say thank you and goodbye in one short sentence."),
  /** The call comes near the longest time a call may take. */
  WRAP_UP(
      "The call must end in half a minute. Politely finish now: record the outcome with"
          + " record_outcome, say goodbye and call end_call.");

  /** What the carrier's voice says when the model cannot speak. */
  public static final String APOLOGY =
      "We are sorry. Our assistant has technical trouble and must end this call. Goodbye.";

  private final String instructions;

  Cue(String instructions) {
    this.instructions = instructions;
  }

  public String instructions() {
    return instructions;
  }
}
