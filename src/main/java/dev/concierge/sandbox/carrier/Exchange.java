package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.carrier.MediaStream.StreamListener;
import dev.concierge.sandbox.carrier.Twiml.StreamNoun;
import dev.concierge.sandbox.fault.Fault;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Ear;
import dev.concierge.sandbox.voice.Voices;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The telephone exchange: holds the calls and keeps their time. One thread beats every 20 ms for
 * all calls; a late beat is made up for, so that no call loses time.
 *
 * <p>Thread-safe.
 */
final class Exchange {

  /** Calls that can still be asked for; older ones are forgotten. */
  private static final int KEPT_CALLS = 10_000;

  private static final int IO_THREADS = 4;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final SandboxTime time;
  private final Voices voices;
  private final Hosts hosts;
  private final String accountSid;
  private final TwilioSignature signature;
  private final WireWatch watch;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, PhoneCall> calls = Collections.synchronizedMap(new RecentCalls());
  private final Set<PhoneCall> active = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(daemon("sandbox-beat"));
  private final ExecutorService speaking =
      Executors.newSingleThreadExecutor(daemon("sandbox-voice"));
  private final ExecutorService io = Executors.newFixedThreadPool(IO_THREADS, daemon("sandbox-io"));
  private final HttpClient http = HttpClient.newBuilder().executor(io).build();
  private final Speech speech;
  private final Webhooks webhooks;
  private final ModelFaults modelFaults;
  private final AtomicInteger openStreams = new AtomicInteger();

  Exchange(
      SandboxTime time,
      Voices voices,
      Hosts hosts,
      String accountSid,
      TwilioSignature signature,
      WireWatch watch,
      ModelFaults modelFaults) {
    this.time = time;
    this.voices = voices;
    this.hosts = hosts;
    this.accountSid = accountSid;
    this.signature = signature;
    this.watch = watch;
    this.speech = new Speech(voices, speaking);
    this.webhooks = new Webhooks(http, signature);
    this.modelFaults = modelFaults;
  }

  // The beat ends only when it is stopped, and a call's fault never reaches it.
  @SuppressWarnings("FutureReturnValueIgnored")
  void start() {
    long period = time.real(Duration.ofMillis(Frames.FRAME_MS)).toNanos();
    beat.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
  }

  /**
   * Hangs up all calls and ends all threads. Waits a little for the customer to be told; what is
   * not told by then is lost.
   */
  void stop() {
    beat.shutdownNow();
    List<PhoneCall> running = List.copyOf(active);
    running.forEach(PhoneCall::hangUp);
    CompletableFuture.allOf(
            running.stream().map(PhoneCall::told).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    speaking.shutdownNow();
    io.shutdownNow();
  }

  /** Places a call. It is queued in the answer, and goes its way with the next beat. */
  CallSnapshot place(CallRequest request) {
    String sid = Sid.call();
    Callbacks callbacks = new Callbacks(webhooks, accountSid, sid, request);
    HostScript host = hosts.at(request.to());
    PhoneCall call =
        new PhoneCall(sid, request, host, () -> program(sid, host, callbacks), callbacks, clock);
    CallSnapshot queued = call.snapshot();
    calls.put(sid, call);
    active.add(call);
    return queued;
  }

  Optional<PhoneCall> find(String sid) {
    return Optional.ofNullable(calls.get(sid));
  }

  /** All calls that are kept, the newest first. */
  List<CallSnapshot> all() {
    List<PhoneCall> kept;
    synchronized (calls) {
      kept = new ArrayList<>(calls.values());
    }
    Collections.reverse(kept);
    return kept.stream().map(PhoneCall::snapshot).toList();
  }

  /** What was understood by whoever picked up, line by line; empty for a call that is not known. */
  List<String> heard(String sid) {
    PhoneCall call = calls.get(sid);
    return call == null ? List.of() : call.heard();
  }

  /** How many Media Streams have a socket, or are about to. */
  int openSockets() {
    return openStreams.get();
  }

  private Program program(String sid, HostScript script, Callbacks callbacks) {
    Host host = new Host(script, sid);
    Callee callee = new Callee(host, new Ear(voices.phrasebook()), speech);
    return new Program(callee, speech, noun -> stream(sid, script, noun, callbacks));
  }

  private MediaStream stream(String sid, HostScript script, StreamNoun noun, Callbacks callbacks) {
    MediaStream stream =
        new MediaStream(
            noun,
            accountSid,
            sid,
            script.faults(Fault.Wire.TWILIO),
            time,
            watch,
            listener(script.faults(Fault.Wire.MODEL), noun, callbacks));
    openStreams.incrementAndGet();
    CompletableFuture<?> unused =
        stream.closed().whenComplete((closed, late) -> openStreams.decrementAndGet());
    stream.open(http, signature);
    return stream;
  }

  /** Tells the customer of a stream, and the model's wire what is in store for it meanwhile. */
  private StreamListener listener(List<Fault> onModelsWire, StreamNoun noun, Callbacks callbacks) {
    AtomicReference<Runnable> forget = new AtomicReference<>(() -> {});
    return (streamSid, event, error) -> {
      if (event.equals(MediaStream.STARTED)) {
        forget.set(modelFaults.expect(noun.restaurant(), onModelsWire));
      } else {
        Objects.requireNonNull(forget.get(), "there is always something to forget by").run();
      }
      callbacks.stream(noun, streamSid, event, error, clock.instant());
    };
  }

  private void tick() {
    active.removeIf(call -> !tick(call));
  }

  /** One call's fault must not stop the beat of the others. */
  private static boolean tick(PhoneCall call) {
    try {
      return call.tick();
    } catch (RuntimeException fault) {
      call.fail(fault);
      return false;
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static final class RecentCalls extends LinkedHashMap<String, PhoneCall> {

    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, PhoneCall> eldest) {
      return size() > KEPT_CALLS;
    }
  }
}
