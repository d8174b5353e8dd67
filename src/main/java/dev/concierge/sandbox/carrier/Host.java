package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.carrier.HostScript.Interruption;
import dev.concierge.sandbox.carrier.HostScript.Reply;
import dev.concierge.sandbox.carrier.HostScript.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One host in one call: takes what was heard, gives what is done about it. Knows of the caller only
 * what was said.
 *
 * <p>Not thread-safe: one callee owns it.
 */
final class Host {

  private static final int CONFIRMATIONS = 9_000;
  private static final int FIRST_CONFIRMATION = 1_000;

  private final HostScript script;
  private final String confirmation;
  private final Set<Rule> used = new HashSet<>();
  private boolean interrupted;
  private int otherwiseUsed;

  /**
   * @param callSid gives the confirmation number of this call
   */
  Host(HostScript script, String callSid) {
    this.script = script;
    int number = FIRST_CONFIRMATION + Math.floorMod(callSid.hashCode(), CONFIRMATIONS);
    // Digit by digit, as it is said on the telephone.
    this.confirmation = String.join(" ", Integer.toString(number).split(""));
  }

  /** What is done on picking up. */
  List<HostAction> pickUp() {
    return actions(script.greeting(), Map.of());
  }

  /**
   * What is done when the caller has spoken.
   *
   * @param words what was understood, empty if nothing was
   * @param busy whether the host is still at something; it then lets pass what it does not know
   */
  List<HostAction> heard(String words, boolean busy) {
    for (Rule rule : script.rules()) {
      Matcher matcher = rule.hear().matcher(words);
      if (!used.contains(rule) && matcher.find()) {
        if (rule.once()) {
          used.add(rule);
        }
        return actions(rule.then(), groups(rule, matcher));
      }
    }
    return busy ? List.of() : otherwise();
  }

  /** What is done while the caller speaks, and has done so for a time. */
  List<HostAction> speakingFor(long ms) {
    Interruption interruption = script.interrupt();
    if (interruption == null || interrupted || ms < interruption.after().toMillis()) {
      return List.of();
    }
    interrupted = true;
    return List.of(new HostAction.Say(interruption.say()));
  }

  private List<HostAction> otherwise() {
    if (script.otherwise().isEmpty()) {
      return List.of();
    }
    int next = Math.min(otherwiseUsed++, script.otherwise().size() - 1);
    return actions(script.otherwise().get(next), Map.of());
  }

  private List<HostAction> actions(@Nullable Reply first, Map<String, String> heard) {
    List<HostAction> actions = new ArrayList<>();
    for (Reply reply = first; reply != null; reply = reply.then()) {
      add(reply, heard, actions);
    }
    return actions;
  }

  private void add(Reply reply, Map<String, String> heard, List<HostAction> actions) {
    if (reply.pause() != null) {
      actions.add(new HostAction.Wait(reply.pause()));
    }
    if (reply.say() != null) {
      actions.add(new HostAction.Say(quote(reply.say(), heard)));
    }
    if (reply.tone() != null) {
      actions.add(new HostAction.Beep(reply.tone()));
    }
    if (reply.press() != null) {
      reply.press().chars().forEach(key -> actions.add(new HostAction.Press("" + (char) key)));
    }
    if (reply.hangUp()) {
      actions.add(new HostAction.HangUp());
    }
  }

  private String quote(String say, Map<String, String> heard) {
    return Reply.QUOTED
        .matcher(say)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1).equals(Reply.CONFIRMATION)
                        ? confirmation
                        : heard.getOrDefault(match.group(1), "")));
  }

  private static Map<String, String> groups(Rule rule, Matcher matcher) {
    Map<String, String> groups = new HashMap<>();
    for (String name : rule.groups()) {
      String heard = matcher.group(name);
      groups.put(name, heard == null ? "" : heard.strip());
    }
    return groups;
  }
}
