package dev.concierge.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("a/new/folder/concierge.spool");
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(UTF_8);
  }

  private static List<String> texts(SpoolFile file) throws IOException {
    return file.oldest().stream().map(line -> new String(line, UTF_8)).toList();
  }

  @Test
  void whatAProcessLeftIsThereForTheNextOneButForALineWithoutAnEnd() throws IOException {
    try (SpoolFile file = SpoolFile.open(path)) {
      file.append(List.of(line("one"), line("two")));
    }
    Files.writeString(path, "thr", StandardOpenOption.APPEND);

    try (SpoolFile file = SpoolFile.open(path)) {
      assertThat(file.lines()).isEqualTo(2);
      file.append(List.of(line("three")));
      assertThat(texts(file)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void linesGoOneByOneAndAnEmptyFileTakesNoRoom() throws IOException {
    try (SpoolFile file = SpoolFile.open(path)) {
      file.append(List.of(line("one"), line("two")));
      file.remove(file.oldest().get(0));
      assertThat(texts(file)).containsExactly("two");
      file.append(List.of(line("three")));
      file.remove(file.oldest().get(0));
      file.remove(file.oldest().get(0));

      assertThat(file.lines()).isZero();
      assertThat(file.oldest()).isEmpty();
      assertThat(Files.size(path)).isZero();
    }
  }

  @Test
  void aLineMayBeLongerThanWhatIsReadAtOnce() throws IOException {
    String text = "é".repeat(200_000);
    try (SpoolFile file = SpoolFile.open(path)) {
      file.append(List.of(line(text), line("two")));
      assertThat(texts(file).get(0)).isEqualTo(text);
      file.remove(file.oldest().get(0));
      assertThat(texts(file)).containsExactly("two");
    }
  }

  @Test
  void aFileIsForOneProcess() throws IOException {
    SpoolFile file = SpoolFile.open(path);

    assertThatThrownBy(() -> SpoolFile.open(path))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("is in use");

    file.close();
    SpoolFile.open(path).close();
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    SpoolFile.open(path).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }
}
