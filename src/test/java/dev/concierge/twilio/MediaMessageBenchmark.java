package dev.concierge.twilio;

import java.nio.charset.StandardCharsets;
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

/** What one message of a media stream costs, in and out, without its socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MediaMessageBenchmark {

  private final MediaEnvelope envelope = new MediaEnvelope("MZ0123456789abcdef0123456789abcdef");
  private final byte[] agentAudio = noise(3_200);
  private final BoundedMessage message = new BoundedMessage(64 * 1024);
  private final String media =
      """
      {"event":"media","sequenceNumber":"4242","streamSid":"MZ0123456789abcdef0123456789abcdef",\
      "media":{"track":"inbound","chunk":"4240","timestamp":"84780","payload":"%s"}}"""
          .formatted(Base64.getEncoder().encodeToString(noise(160)));
  private final byte[] mediaBytes = media.getBytes(StandardCharsets.UTF_8);

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(42).nextBytes(noise);
    return noise;
  }

  /** 20 ms of the callee. */
  @Benchmark
  public Object readMedia() {
    return message.add(mediaBytes, true).map(MediaMessageParser::parse);
  }

  /** The same with the JSON parser, which takes what is not as Twilio documents it. */
  @Benchmark
  public Object readAnyMessage() {
    return MediaMessageParser.parseAny(media);
  }

  /** 400 ms of the agent, as one of the model's deltas brings them. */
  @Benchmark
  public String writeMedia() {
    return envelope.media(agentAudio);
  }
}
