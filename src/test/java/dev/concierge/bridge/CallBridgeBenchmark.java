package dev.concierge.bridge;

import dev.concierge.TestCalls;
import dev.concierge.agent.Agent;
import dev.concierge.agent.Instructions;
import dev.concierge.call.CallFact;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the bridge itself does with a frame of the callee and with a piece of the agent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallBridgeBenchmark {

  private final byte[] frame = new byte[160];
  private final byte[] piece = new byte[3_200];
  private CallBridge bridge;
  private String lastMark;
  private long timestampMs;

  /** A conversation of its own for each iteration: it ends after ten minutes of its clock. */
  @Setup(Level.Iteration)
  public void converse(Blackhole sink) {
    timestampMs = 0;
    bridge =
        new CallBridge(
            TestCalls.reservation(),
            new Line(sink),
            new Session(sink),
            new Agent(Instructions.standard()),
            BridgeSettings.DEFAULT,
            (CallFact fact) -> sink.consume(fact),
            Clock.systemUTC());
    bridge.accept(new ModelEvent.Ready());
    bridge.accept(new ModelEvent.ResponseStarted("response"));
  }

  /** 20 ms of the callee; two of five fill a chunk of 50 ms. */
  @Benchmark
  public void calleeFrame() {
    bridge.accept(new CallerEvent.Media(timestampMs, frame));
    timestampMs += 20;
  }

  /** 400 ms of the agent, played, and the mark that says so. */
  @Benchmark
  public void agentPiece() {
    bridge.accept(new ModelEvent.Audio("response", "item", piece));
    bridge.accept(new CallerEvent.MarkReturned(lastMark));
  }

  private final class Line implements CallerLeg {

    private final Blackhole sink;

    Line(Blackhole sink) {
      this.sink = sink;
    }

    @Override
    public void play(byte[] mulaw) {
      sink.consume(mulaw);
    }

    @Override
    public void mark(String name) {
      lastMark = name;
    }

    @Override
    public void clear() {
      throw new AssertionError("nobody interrupts");
    }

    @Override
    public void sayAndHangUp(String words) {
      throw new AssertionError("the model speaks");
    }

    @Override
    public void close() {
      throw new AssertionError("nobody hangs up");
    }
  }

  private record Session(Blackhole sink) implements ModelLeg {

    @Override
    public void append(byte[] mulaw) {
      sink.consume(mulaw);
    }

    @Override
    public void commit() {
      throw new AssertionError("nobody hangs up");
    }

    @Override
    public void createResponse(@Nullable String instructions) {
      sink.consume(instructions);
    }

    @Override
    public void cancelResponse() {
      throw new AssertionError("nobody interrupts");
    }

    @Override
    public void truncate(String itemId, long heardMs) {
      throw new AssertionError("nobody interrupts");
    }

    @Override
    public void answerTool(String toolCallId, String outputJson) {
      throw new AssertionError("no tool is called");
    }

    @Override
    public void close() {
      throw new AssertionError("nobody hangs up");
    }
  }
}
