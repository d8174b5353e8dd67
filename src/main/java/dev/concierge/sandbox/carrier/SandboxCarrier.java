package dev.concierge.sandbox.carrier;

import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sandbox's Twilio: one account, its REST API and everybody who can be phoned. */
public final class SandboxCarrier {

  /** Where {@link #servlet} is to be mounted. */
  public static final String PATH = CallsServlet.ROOT + "/*";

  private final Exchange exchange;
  private final HttpServlet servlet;

  /**
   * @param voices what is said in it, shared with the sandbox's model so that both understand it
   * @param authToken signs what is sent to the customer, and is asked for by the REST API
   * @param watch told of all streams' audio
   * @param hostsDirectory of the user's own hosts; {@code null} for none
   * @param modelFaults told what hosts have in store for the model's wire
   * @throws IllegalArgumentException if a host's file is wrong, with one line that says where
   */
  public SandboxCarrier(
      SandboxTime time,
      Voices voices,
      String accountSid,
      String authToken,
      WireWatch watch,
      @Nullable Path hostsDirectory,
      ModelFaults modelFaults) {
    TwilioSignature signature = new TwilioSignature(authToken);
    Hosts hosts = Hosts.load(hostsDirectory);
    this.exchange = new Exchange(time, voices, hosts, accountSid, signature, watch, modelFaults);
    this.servlet = new CallsServlet(exchange, accountSid, authToken);
  }

  /** The REST API. */
  public HttpServlet servlet() {
    return servlet;
  }

  /** What was understood by whoever picked up, line by line; empty for a call that is not known. */
  public List<String> heard(String callSid) {
    return exchange.heard(callSid);
  }

  /** How many Media Streams have a socket, or are about to. */
  public int openSockets() {
    return exchange.openSockets();
  }

  /** Begins to keep the calls' time. */
  public void start() {
    exchange.start();
  }

  /** Hangs up all calls and ends all threads; waits up to two seconds for callbacks to go out. */
  public void stop() {
    exchange.stop();
  }
}
