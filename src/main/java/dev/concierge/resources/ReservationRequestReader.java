package dev.concierge.resources;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.concierge.call.PhoneNumber;
import dev.concierge.call.Reservation;
import dev.concierge.call.ReservationRequest;
import dev.concierge.resources.WhenReader.When;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a request for a call. Dates and times are resolved where the restaurant is. Safe for use by
 * many threads.
 */
public final class ReservationRequestReader {

  private static final int LARGEST_PARTY = 100;
  private static final int WIDEST_WINDOW_MINUTES = 240;
  private static final String DEFAULT_LANGUAGE = "en";

  private final Clock clock;
  private final Set<PhoneNumber> allowedNumbers;

  /**
   * @param allowedNumbers the only ones that may be called; none where all may
   */
  public ReservationRequestReader(Clock clock, Set<PhoneNumber> allowedNumbers) {
    this.clock = clock;
    this.allowedNumbers = Set.copyOf(allowedNumbers);
  }

  /**
   * The request that the members of a JSON object make.
   *
   * @throws ProblemException naming every member that is wrong, missing or not known
   */
  ReservationRequest read(Map<String, JsonNode> members) {
    Fields<JsonNode> fields = new Fields<>(members);
    PhoneNumber to =
        fields.required(
            "to", "the restaurant's number in E.164, such as +14155550100", this::allowedNumber);
    String restaurantName = fields.required("restaurant_name", "who is called", JsonValues::phrase);
    Integer partySize =
        fields.required("party_size", "how many guests", JsonValues.integer(1, LARGEST_PARTY));
    When when = new WhenReader(fields, clock.instant()).read(to);
    String guestName = fields.optional("guest_name", JsonValues::phrase);
    PhoneNumber callbackNumber = fields.optional("callback_number", JsonValues::phoneNumber);
    String specialRequests = fields.optional("special_requests", JsonValues::specialRequests);
    int window =
        fields.optional("time_window_minutes", 0, JsonValues.integer(0, WIDEST_WINDOW_MINUTES));
    String language = fields.optional("language", DEFAULT_LANGUAGE, JsonValues::language);
    Map<String, String> metadata = readMetadata(fields);
    fields.requireValid(Problem::invalidBody);
    Reservation reservation =
        new Reservation(
            requireNonNull(restaurantName),
            requireNonNull(partySize),
            requireNonNull(when).date().meaning(),
            when.time().meaning(),
            when.zone(),
            window,
            guestName,
            callbackNumber,
            specialRequests,
            language);
    return new ReservationRequest(
        requireNonNull(to), reservation, when.date().words(), when.time().words(), metadata);
  }

  private PhoneNumber allowedNumber(JsonNode value) throws InvalidValueException {
    PhoneNumber number = JsonValues.phoneNumber(value);
    if (!allowedNumbers.isEmpty() && !allowedNumbers.contains(number)) {
      throw new InvalidValueException(
          "must be one of the numbers that this service may call: ALLOWED_NUMBERS");
    }
    return number;
  }

  private static Map<String, String> readMetadata(Fields<JsonNode> fields) {
    JsonNode labels = fields.optional("metadata", ReservationRequestReader::labels);
    Map<String, String> metadata = new HashMap<>();
    if (labels != null) {
      for (Map.Entry<String, JsonNode> label : labels.properties()) {
        readLabel(fields, label.getKey(), label.getValue(), metadata);
      }
    }
    return metadata;
  }

  private static JsonNode labels(JsonNode value) throws InvalidValueException {
    if (!value.isObject() || value.size() > Labels.MOST) {
      throw new InvalidValueException(
          "must be an object of texts, with at most %d members".formatted(Labels.MOST));
    }
    return value;
  }

  private static void readLabel(
      Fields<JsonNode> fields, String name, JsonNode value, Map<String, String> metadata) {
    try {
      metadata.put(Labels.name(name), Labels.value(JsonValues.text(value)));
    } catch (InvalidValueException e) {
      fields.wrong("metadata." + name, e.words());
    }
  }
}
