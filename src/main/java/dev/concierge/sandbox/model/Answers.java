package dev.concierge.sandbox.model;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agent's lines about what it was briefed on; of what it does not know it says so. */
final class Answers {

  private final Briefing briefing;
  private final Briefing.Request request;

  Answers(Briefing briefing, Briefing.Request request) {
    this.briefing = briefing;
    this.request = request;
  }

  String opening() {
    return "Hello, this is an AI assistant calling for %s. %s".formatted(guest(), request());
  }

  String request() {
    return "I would like to book %s, please.".formatted(table(request.time()));
  }

  /** Such as {@code a table for four on Saturday, November 21, at 7 PM}. */
  String table(LocalTime time) {
    return "a table for %s on %s, at %s"
        .formatted(
            Spoken.number(request.partySize()), Spoken.day(request.date()), Spoken.time(time));
  }

  String guest() {
    String name = briefing.guestName();
    return name == null ? "a guest" : name;
  }

  String bookIt() {
    String name = briefing.guestName();
    String requests = briefing.specialRequests();
    return (name == null ? "Please book it." : "Please book it under the name " + name + ".")
        + (requests == null ? "" : " The guest also asks for this: " + requests + ".");
  }

  String readBack(LocalTime time, @Nullable String confirmationNumber) {
    String name = briefing.guestName();
    return "So that's "
        + table(time)
        + (name == null ? "" : ", under " + name)
        + (confirmationNumber == null
            ? ""
            : ", confirmation number " + Spoken.characters(confirmationNumber))
        + ". Is that right?";
  }

  String to(List<Question> questions, LocalTime agreed) {
    return questions.stream().map(q -> to(q, agreed)).collect(Collectors.joining(" "));
  }

  private String to(Question question, LocalTime agreed) {
    return switch (question) {
      case NAME -> name();
      case SPELLING -> spelling();
      case PHONE -> phone();
      case PARTY_SIZE -> "It is for %s, please.".formatted(Spoken.number(request.partySize()));
      case DATE -> "On %s, please.".formatted(Spoken.day(request.date()));
      case TIME -> "At %s, please.".formatted(Spoken.time(agreed));
      case REQUESTS -> requests();
    };
  }

  private String name() {
    String name = briefing.guestName();
    return name == null ? "I was not given the guest's name." : "The name is %s.".formatted(name);
  }

  private String spelling() {
    String name = briefing.guestName();
    return name == null
        ? "I was not given the guest's name."
        : "It is spelled %s.".formatted(Spoken.spelling(name));
  }

  private String phone() {
    String number = briefing.callbackNumber();
    return number == null
        ? "I was not given a number for the guest."
        : "The number is %s.".formatted(Spoken.characters(number));
  }

  private String requests() {
    String requests = briefing.specialRequests();
    return requests == null
        ? "No, that is all, thank you."
        : "Yes, the guest asks for this: %s.".formatted(requests);
  }
}
