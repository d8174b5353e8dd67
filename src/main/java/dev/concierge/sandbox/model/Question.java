package dev.concierge.sandbox.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a restaurant asks before it books a table. */
enum Question {
  NAME(
      "(what|which|under what|under which|whose) name|(your|the|a|guest's|guest) name\\b(?! is)"
          + "|name (please|for)|who is (it|this|the table|the booking|the reservation) (for|under)"
          + "|who am I (speaking|talking)|who('s| is) calling"),
  SPELLING("\\bspell"),
  PHONE(
      "(phone|telephone|contact|callback|mobile|cell) (number|for)|number (to|where|we can|I can)"
          + "|best number|reach (you|the guest|them)|(and|or) (a |your |the )?number\\b"),
  PARTY_SIZE(
      "how many|party of (how|what)|how (large|big)|(number of|what size|size of).*(guests|people"
          + "|party)|for how many"),
  DATE("(what|which) (day|date)|when (would|is|for|do|should)|for when|day and time"),
  TIME("(what|which) time|day and time|at what hour|when (would|do) you (like|want)"),
  REQUESTS(
      "special request|allerg|dietary|occasion|anything else|any (other )?(requests|notes"
          + "|preferences|requirements)|inside or outside|indoors or outdoors|high ?chair");

  private final Pattern pattern;

  Question(String regex) {
    pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** All that is asked in a line. */
  static List<Question> in(String line) {
    return Arrays.stream(values()).filter(q -> q.pattern.matcher(line).find()).toList();
  }
}
