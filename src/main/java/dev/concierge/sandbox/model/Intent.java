package dev.concierge.sandbox.model;

import java.util.regex.Pattern;

/**
 * What somebody at a restaurant may be saying, the most telling first: of several that fit a line,
 * the first counts.
 */
enum Intent {
  VOICEMAIL(
      "leave (us )?(a|your) (short |brief )?(message|name and)|after the (tone|beep)|voice ?mail"
          + "|mailbox|answering machine"),
  CLOSED("\\bclosed\\b"),
  ONLINE_ONLY(
      "(don't|do not|can't|cannot|no) (take |accept )?(phone |telephone )?(reservations|bookings)"
          + "( by| over the)? ?(phone|telephone)?|(only|reservations|bookings|book) (online|on"
          + " (our|the) website)|walk-?ins? only|only (take )?walk-?ins?"),
  WAITLIST("wait(ing)? ?list"),
  FULL(
      "(fully|completely|all) booked|booked (up|out|solid)|\\b(are|we're|is) full\\b"
          + "|\\bno (more |other |free )?(tables?|space|room|availability)\\b"
          + "|(don't|do not) have (a |any |any more |that )?(free )?"
          + "(tables?|space|room|availability|anything|time|slot)"
          + "|nothing (left|free|available|open|at|on)|(can't|cannot|unable to) (do|fit|seat|offer"
          + "|accommodate|take)|not available|isn't available|unavailable"),
  CALL_BACK("call (us |me )?(back|again|later)|try (us )?(again|later)|ring (us )?(back|later)"),
  CONFIRMED(
      "(confirmation|reference|booking|reservation) (number|code)|\\ball set\\b"
          + "|(is|are|you're|that's|it's|table's) (now |all )?(booked|confirmed|reserved)"
          + "|\\b(I've|I have|we've|we have) (booked|reserved|put you|got you|you down)"
          + "|(booked|reserved) you|you down\\b|see you\\b|look(ing)? forward to (seeing|welcoming)"),
  ARE_YOU_A_MACHINE(
      "(are you|is this|am I (talking|speaking) (to|with)) (an? )?(real |recorded |automated )*"
          + "(robot|human|person|machine|computer|bot|AI|recording|message)"),
  READ_BACK("is (that|this|it) (right|correct)|(correct|right)\\?|get (that|it) right|to confirm"),
  AVAILABLE(
      "(?<!if |whether |what |check )\\bwe (do |still )?have\\b|\\bis available\\b|\\bare free\\b"
          + "|that works|that's (fine|possible|available|okay|no problem|great)|can (do|offer) that"
          + "|I can (do|book|put|get|make)|we can (do|book|fit|seat|take)|happy to"),
  HOLD(
      "(one|a|just a|give me a) (moment|second|minute|sec)\\b|hold on|please hold|can you hold"
          + "|hold the line|hold,? please|hang on|bear with me|let me (check|look|see|have a look)"
          + "|I'll (check|have a look|just check)"),
  REPEAT("(say|repeat) (that|it)|pardon|come again|didn't (catch|hear|get)|did not (catch|hear)"),
  STILL_THERE("are you (still )?there|can you hear me|anyone there|anybody there"),
  NO(
      "^(oh,? |sorry,? |I'm sorry,? )*(no|nope)\\b(?!,? problem)|\\bwrong\\b|not (quite )?(right|correct)"
          + "|incorrect|I'm afraid not|unfortunately not"),
  BACK("(thanks|thank you|sorry) for (holding|waiting|the wait)|keep you waiting|I'm back"),
  GREETING(
      "how (can|may|could) (I|we) help|what can (I|we) do for you|^(hello|hi|hey)\\b"
          + "|good (morning|afternoon|evening|day)|thank(s| you) for calling|\\bspeaking\\b|welcome to"),
  YES(
      "\\b(yes|yeah|yep|yup|correct|right|exactly|perfect|sure|absolutely|certainly|of course|okay|ok"
          + "|great|sounds good|no problem|indeed|lovely|wonderful|all right|alright|very good"
          + "|excellent|got it)\\b"),
  GOODBYE("\\b(goodbye|bye|have a (nice|good|great|lovely))\\b"),
  THANKS("\\b(thanks|thank you|welcome)\\b");

  private final Pattern pattern;

  Intent(String regex) {
    pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  boolean isIn(String line) {
    return pattern.matcher(line).find();
  }
}
