package dev.concierge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that signs the Stream parameters: configured, or made once and kept in a file. */
final class ParameterSecret {

  private static final int MIN_LENGTH = 16;
  private static final int BYTES = 32;

  private ParameterSecret() {}

  /**
   * @param databaseUrl where the database is: a secret that was made is kept beside its file
   * @throws StartRefusedException if none is configured and the database may have other instances,
   *     which would need the same one
   */
  static String of(Secret configured, String databaseUrl) {
    if (!configured.isMissing()) {
      if (configured.value().length() < MIN_LENGTH) {
        throw new StartRefusedException(
            "PARAMETER_SECRET", "must have " + MIN_LENGTH + " characters or more.");
      }
      return configured.value();
    }
    H2Url h2 = new H2Url(databaseUrl);
    Path file = h2.beside(".parameter-secret");
    if (file != null) {
      h2.makeWritable();
      return kept(file);
    }
    if (h2.isInMemory()) {
      return fresh();
    }
    throw new StartRefusedException(
        "PARAMETER_SECRET",
        "must be set, to the same random text on every instance, when DATABASE_URL is a server's.");
  }

  private static String kept(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      String secret = Files.readString(file).trim();
      if (secret.length() < MIN_LENGTH) {
        throw new StartRefusedException(
            file.toString(),
            "must hold a secret of "
                + MIN_LENGTH
                + " characters or more: delete the file, and another one is made.");
      }
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another process that starts at the same time may win; then its secret is the one. */
  private static void create(Path file) throws IOException {
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "parameter-secret", ".tmp");
    try {
      Files.writeString(draft, fresh() + "\n", StandardOpenOption.TRUNCATE_EXISTING);
      if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Theirs is as good.
    } finally {
      Files.delete(draft);
    }
  }

  private static String fresh() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
