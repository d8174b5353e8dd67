package dev.concierge.sandbox.carrier;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.concierge.call.CallStatus;
import dev.concierge.call.PhoneNumber;
import dev.concierge.sandbox.fault.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How somebody behaves whose telephone is rung, as a file of {@code hosts/} says it. The keys are
 * explained at the head of {@code hosts/confirms.yml}.
 *
 * @param rings how long it rings before the outcome, or before somebody picks up
 * @param outcome what becomes of a call that nobody answers; {@code null} where somebody does
 * @param machine whether it is a machine that picks up, and not a person
 * @param otherwise answered in turn to what no rule matches; the last one again and again
 * @param faults what goes wrong on the wires of a call that is answered
 */
record HostScript(
    PhoneNumber number,
    String name,
    String description,
    Duration rings,
    @Nullable Outcome outcome,
    boolean machine,
    @Nullable Reply greeting,
    @Nullable Interruption interrupt,
    List<Rule> rules,
    List<Reply> otherwise,
    List<Fault> faults) {

  HostScript {
    require(number, "number");
    require(name, "name");
    require(description, "description");
    require(rings, "rings");
    rules = rules == null ? List.of() : List.copyOf(rules);
    otherwise = otherwise == null ? List.of() : List.copyOf(otherwise);
    faults = faults == null ? List.of() : List.copyOf(faults);
    if (outcome != null && (greeting != null || !rules.isEmpty() || !otherwise.isEmpty())) {
      throw new IllegalArgumentException("outcome: nobody answers, so nothing can be said");
    }
    if (greeting != null) {
      greeting.requireKnown("greeting", Set.of());
    }
    otherwise.forEach(reply -> reply.requireKnown("otherwise", Set.of()));
  }

  List<Fault> faults(Fault.Wire wire) {
    return faults.stream().filter(fault -> fault.wire() == wire).toList();
  }

  private static void require(@Nullable Object value, String key) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  /** What becomes of a call that nobody answers. */
  enum Outcome {
    @JsonProperty("busy")
    BUSY(CallStatus.BUSY),
    @JsonProperty("no-answer")
    NO_ANSWER(CallStatus.NO_ANSWER),
    @JsonProperty("failed")
    FAILED(CallStatus.FAILED);

    private final CallStatus status;

    Outcome(CallStatus status) {
      this.status = status;
    }

    CallStatus status() {
      return status;
    }
  }

  /**
   * What is answered to words that match.
   *
   * @param once whether it is used up when it has matched
   * @param then {@code null} to say nothing
   */
  record Rule(Pattern hear, boolean once, @Nullable Reply then) {

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    Rule {
      require(hear, "hear");
      if (then != null) {
        then.requireKnown("then", groups(hear));
      }
    }

    Set<String> groups() {
      return groups(hear);
    }

    private static Set<String> groups(Pattern hear) {
      Set<String> groups = new HashSet<>();
      GROUP.matcher(hear.pattern()).results().forEach(match -> groups.add(match.group(1)));
      return groups;
    }
  }

  /** What is said over the agent's voice, once, when it has spoken that long. */
  record Interruption(Duration after, String say) {

    Interruption {
      require(after, "after");
      require(say, "say");
    }
  }

  /** What is done, in the order of the components. */
  record Reply(
      @Nullable Duration pause,
      @Nullable String say,
      @Nullable Duration tone,
      @Nullable String press,
      boolean hangUp,
      @Nullable Reply then) {

    /** What any reply may quote: four digits that differ from call to call. */
    static final String CONFIRMATION = "confirmation";

    static final Pattern QUOTED = Pattern.compile("\\{(\\w+)}");

    Reply {
      if (press != null && !press.matches("[0-9*#]+")) {
        throw new IllegalArgumentException("press: keys are 0 to 9, * and #");
      }
    }

    private void requireKnown(String key, Set<String> groups) {
      Stream<String> quoted =
          say == null ? Stream.of() : QUOTED.matcher(say).results().map(match -> match.group(1));
      quoted
          .filter(name -> !name.equals(CONFIRMATION) && !groups.contains(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new IllegalArgumentException(key + ": nothing is heard as {" + name + "}");
              });
      if (then != null) {
        then.requireKnown(key + ".then", groups);
      }
    }
  }
}
