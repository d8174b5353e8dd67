package dev.concierge.sandbox.load;

import dev.concierge.sandbox.WireWatch;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Measures the calls that it was told to expect. Thread-safe. */
public final class LoadMeter implements WireWatch {

  private final Map<String, Expected> calls = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private record Expected(CallMeter meter, Progress progress) {}

  /**
   * How far a call has come at the carrier.
   *
   * @param opened done when its media stream is open
   * @param closed done when its media stream is closed
   */
  public record Progress(CompletableFuture<Void> opened, CompletableFuture<Void> closed) {}

  /**
   * Measures the next call of that restaurant, until its stream is closed or it is {@linkplain
   * #forget forgotten}.
   */
  public Progress expect(String restaurant, LoadFigures figures) {
    Progress progress = new Progress(new CompletableFuture<>(), new CompletableFuture<>());
    calls.put(restaurant, new Expected(new CallMeter(figures), progress));
    return progress;
  }

  /** Measures no more of that call. */
  public void forget(String restaurant) {
    Expected call = calls.remove(restaurant);
    if (call != null) {
      close(call.progress());
    }
  }

  /** The largest number of media streams that were open at once. */
  public int mostOpen() {
    return mostOpen.get();
  }

  @Override
  public void on(String restaurant, Moment moment, int bytes) {
    long nanos = System.nanoTime();
    @Nullable Expected call = calls.get(restaurant);
    if (call == null) {
      return;
    }
    call.meter().on(moment, bytes, nanos);
    if (moment == Moment.STREAM_OPENED) {
      int now = open.incrementAndGet();
      mostOpen.accumulateAndGet(now, Math::max);
      call.progress().opened().complete(null);
    } else if (moment == Moment.STREAM_CLOSED) {
      close(call.progress());
    }
  }

  private void close(Progress progress) {
    if (progress.closed().complete(null) && progress.opened().isDone()) {
      open.decrementAndGet();
    }
  }
}
