package dev.concierge.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164, such as {@code +14155550100}.
 *
 * @param e164 a plus sign and at most 15 digits
 */
public record PhoneNumber(String e164) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  public PhoneNumber {
    Objects.requireNonNull(e164, "e164 is null");
    if (!E164.matcher(e164).matches()) {
      throw new IllegalArgumentException("not an E.164 number");
    }
  }

  /**
   * Reads an international number as people write it, with spaces, dashes or brackets.
   *
   * @return empty where the text is not a number that can exist
   */
  public static Optional<PhoneNumber> parse(String text) {
    try {
      Phonenumber.PhoneNumber number = NUMBERS.parse(text, null);
      return NUMBERS.isValidNumber(number) && !number.hasExtension()
          ? Optional.of(new PhoneNumber(NUMBERS.format(number, PhoneNumberFormat.E164)))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** The one time zone the number's area lies in; empty where it has several or none is known. */
  public Optional<ZoneId> timeZone() {
    try {
      var zones =
          PhoneNumberToTimeZonesMapper.getInstance()
              .getTimeZonesForNumber(NUMBERS.parse(e164, null));
      if (zones.size() != 1
          || zones.get(0).equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone())) {
        return Optional.empty();
      }
      return Optional.of(ZoneId.of(zones.get(0)));
    } catch (NumberParseException | DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return e164;
  }
}
