package dev.concierge;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Snapshot;
import com.sun.management.OperatingSystemMXBean;
import dev.concierge.LoadCall.LoadFailedException;
import dev.concierge.sandbox.load.LoadFigures;
import dev.concierge.sandbox.load.LoadMeter;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code load}: how many calls a running service holds at once, and how much it delays them. The
 * service's carrier and model are a sandbox in this process, so the two are measured from outside.
 */
final class LoadCommand extends Command {

  private static final int MAX_CALLS = 2_000;
  private static final double MICROS_PER_MS = 1_000;

  private final Variables variables;

  LoadCommand(Variables variables) {
    super("load", "Measures how many calls a running service holds, with the sandbox at both ends");
    this.variables = variables;
  }

  @Override
  public void configure(Subparser parser) {
    number(parser, "--calls", 50, MAX_CALLS, "how many are held at once");
    number(parser, "--seconds", 60, 86_400, "how long new ones are placed");
    number(parser, "--port", 9090, 65_535, "where the service finds the sandbox");
    parser
        .addArgument("--server")
        .setDefault("http://localhost:" + variables.get("HTTP_PORT", "8080"))
        .help("where the service is; its key is read from API_KEY");
  }

  private static void number(Subparser parser, String name, int otherwise, int max, String help) {
    parser
        .addArgument(name)
        .type(Integer.class)
        .choices(Arguments.range(1, max))
        .setDefault(otherwise)
        .metavar("N")
        .help(help);
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace options) throws Exception {
    URI server = Addresses.http("--server", options.getString("server"));
    LoadMeter meter = new LoadMeter();
    var sandbox = new StandaloneSandbox(options.getInt("port"), 1, null, meter);
    sandbox.start();
    try {
      LoadRun run = new LoadRun(new CallClient(server, variables.get("API_KEY", "")), meter);
      System.out.println("One call first, to see that there is a way:");
      tryOut(run, server, sandbox);
      System.out.println("It went well.");
      Duration length = Duration.ofSeconds(options.getInt("seconds"));
      measure(run, meter, options.getInt("calls"), length);
    } finally {
      sandbox.stop();
    }
  }

  private static void tryOut(LoadRun run, URI server, StandaloneSandbox sandbox)
      throws LoadFailedException, InterruptedException {
    try {
      run.tryOut();
    } catch (LoadFailedException e) {
      throw new LoadFailedException(
          "It failed: %s%nThe service at %s must run, and have been started with:%n%s"
              .formatted(e.getMessage(), server, sandbox.exports()));
    }
  }

  private static void measure(LoadRun run, LoadMeter meter, int calls, Duration length)
      throws LoadFailedException, InterruptedException {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpuBefore = machine.getProcessCpuTime();
    long before = System.nanoTime();
    run.run(calls, length);
    double cores =
        (double) (machine.getProcessCpuTime() - cpuBefore) / (System.nanoTime() - before);
    System.out.printf(
        "%d calls in %d s, at most %d at once; %d failed%n",
        run.placed(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before),
        meter.mostOpen(),
        run.failed());
    run.failures().forEach((why, times) -> System.out.printf("  %d × %s%n", times, why));
    print(run.figures());
    System.out.printf("This loader used %.2f cores.%n", cores);
    if (run.failed() > 0) {
      throw new LoadFailedException(run.failed() + " calls failed.");
    }
  }

  private static void print(LoadFigures figures) {
    System.out.printf("%-36s %8s %8s %8s %8s%n", "ms", "n", "p50", "p95", "p99");
    print("callee to model", figures.toModel());
    print("model to callee", figures.toCallee());
    print("speech heard to clear", figures.bargeIn());
    print("answered until the model hears", figures.untilHeard());
    print("pace of the callees' frames (20)", figures.pace());
  }

  private static void print(String name, Histogram micros) {
    Snapshot kept = micros.getSnapshot();
    System.out.printf(
        "%-36s %8d %8.1f %8.1f %8.1f%n",
        name,
        micros.getCount(),
        kept.getMedian() / MICROS_PER_MS,
        kept.get95thPercentile() / MICROS_PER_MS,
        kept.get99thPercentile() / MICROS_PER_MS);
  }

  @Override
  public void onError(Cli cli, Namespace options, Throwable problem) {
    String message = StartProblem.of(problem);
    if (message == null) {
      message =
          problem instanceof LoadFailedException
              ? problem.getMessage()
              : "The load could not be measured: " + problem;
    }
    cli.getStdErr().println(message);
  }
}
