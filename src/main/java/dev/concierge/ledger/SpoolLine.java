package dev.concierge.ledger;

import dev.concierge.call.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * An entry as a line of a spool's file: a CRC-32 in eight hexadecimal digits, a space, the entry as
 * JSON. JSON has no line breaks of its own, so a line without an end was not written to its end.
 */
final class SpoolLine {

  private static final int PREFIX = 9;

  private SpoolLine() {}

  /** The line, with its end. */
  static byte[] write(LedgerEntry entry) {
    String json = CallJson.write(entry);
    return (checksum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param line without its end
   * @throws IllegalArgumentException if it is damaged, or from a version that we do not understand
   */
  static LedgerEntry read(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    String json = text.length() < PREFIX ? "" : text.substring(PREFIX);
    if (!text.startsWith(checksum(json) + " ")) {
      throw new IllegalArgumentException("a damaged line");
    }
    return CallJson.read(json, LedgerEntry.class);
  }

  private static String checksum(String json) {
    CRC32 crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
