package dev.concierge.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

  /** The far end takes eight bytes before it has to be emptied. */
  private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint(new byte[0], 8);

  private final Later later = new Later();
  private final FrameWriter writer = new FrameWriter(endPoint, later);
  private final List<String> written = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  @Test
  void whatFitsIsWrittenAtOnce() {
    write("one");
    write("two");

    assertThat(endPoint.takeOutputString()).isEqualTo("onetwo");
    assertThat(written).containsExactly("one", "two");
  }

  @Test
  void whatWaitsGoesOutInOrder() {
    write("12345");
    write("67890");
    write("abcde");
    write("fghij");
    assertThat(written).containsExactly("12345");

    assertThat(takeAll()).isEqualTo("1234567890abcdefghij");
    assertThat(written).containsExactly("12345", "67890", "abcde", "fghij");
    assertThat(failed).isEmpty();
  }

  @Test
  void closingLetsWhatWasGivenGoOutFirst() {
    write("1234567890");
    write("bye");
    writer.close();
    assertThat(endPoint.isOpen()).isTrue();

    assertThat(takeAll()).isEqualTo("1234567890bye");
    assertThat(endPoint.isOpen()).isFalse();
    assertThat(written).containsExactly("1234567890", "bye");
  }

  @Test
  void closingWithNothingToWriteIsDoneAtOnce() {
    writer.close();
    writer.close();

    assertThat(endPoint.isOpen()).isFalse();
    assertThat(later.tasks).isEmpty();
  }

  @Test
  void aFarEndThatTakesNothingIsNotWaitedForLongerThanFiveSeconds() {
    write("1234567890");
    write("bye");
    writer.close();
    assertThat(later.delaysMs).containsExactly(5_000L);

    later.tasks.get(0).run();

    assertThat(endPoint.isOpen()).isFalse();
    assertThat(failed).containsExactly("1234567890", "bye");
    assertThat(written).isEmpty();
  }

  @Test
  void nothingIsTakenAfterTheClose() {
    writer.close();
    write("late");

    assertThat(failed).containsExactly("late");
  }

  @Test
  void aConnectionThatBreaksFailsAllThatWaitsAndAllThatComes() {
    write("1234567890");
    write("next");
    endPoint.close();
    write("late");

    assertThat(failed).containsExactly("1234567890", "next", "late");
    assertThat(written).isEmpty();
  }

  private void write(String text) {
    writer.write(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        new CompletionHandler<>() {
          @Override
          public void completed(ByteBuffer frame) {
            written.add(text);
          }

          @Override
          public void failed(Throwable fault) {
            failed.add(text);
          }
        });
  }

  private String takeAll() {
    StringBuilder all = new StringBuilder();
    String part;
    do {
      part = endPoint.takeOutputString();
      all.append(part);
    } while (!part.isEmpty());
    return all.toString();
  }

  /** Remembers what is to be done later. */
  private static final class Later extends AbstractLifeCycle implements Scheduler {

    final List<Runnable> tasks = new ArrayList<>();
    final List<Long> delaysMs = new ArrayList<>();

    @Override
    public Task schedule(Runnable task, long delay, TimeUnit unit) {
      tasks.add(task);
      delaysMs.add(unit.toMillis(delay));
      return () -> tasks.remove(task);
    }
  }
}
