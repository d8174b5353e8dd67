package dev.concierge.realtime;

import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one audio event of a model's session costs, in and out, without its socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RealtimeEventBenchmark {

  private static final int KEY = 0x37FA213D;

  private final ClientEvents clientEvents = new ClientEvents();
  private final String delta =
      """
      {"type":"response.output_audio.delta","event_id":"event_BkUq3rGnNkGcEqFZ7yXcV",\
      "response_id":"resp_BkUq2yQyYqkZ5pGvGk7mE","item_id":"item_BkUq2RrGqYcYx3nVdWm4N",\
      "output_index":0,"content_index":0,"delta":"%s"}"""
          .formatted(Base64.getEncoder().encodeToString(noise(3_200)));

  private final byte[] chunkOf20Ms = noise(160);
  private final byte[] chunkOf50Ms = noise(400);

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(42).nextBytes(noise);
    return noise;
  }

  /** 400 ms of the agent. */
  @Benchmark
  public Object readDelta() {
    return ServerEvents.read(delta);
  }

  @Benchmark
  public Object writeAppendOf20Ms() {
    return MaskedText.frame(KEY, clientEvents.append(chunkOf20Ms));
  }

  @Benchmark
  public Object writeAppendOf50Ms() {
    return MaskedText.frame(KEY, clientEvents.append(chunkOf50Ms));
  }
}
