package dev.concierge.sandbox.model;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.concierge.sandbox.SandboxTime;
import dev.concierge.sandbox.WireWatch;
import dev.concierge.sandbox.fault.ModelFaults;
import dev.concierge.sandbox.voice.Voices;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox's model on a port of its own, for all tests of a class. */
final class SandboxModelServer implements BeforeAllCallback, AfterAllCallback {

  static final String KEY = "sk-test";

  private final SandboxModel model;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  SandboxModelServer(Voices voices) {
    model = new SandboxModel(new SandboxTime(20), voices, KEY, WireWatch.NONE, new ModelFaults());
  }

  @Override
  public void beforeAll(ExtensionContext tests) throws Exception {
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(context, model::mount);
    server.setHandler(context);
    server.start();
  }

  @Override
  public void afterAll(ExtensionContext tests) throws Exception {
    server.stop();
    model.close();
  }

  URI uri(String query) {
    return URI.create("ws://localhost:" + connector.getLocalPort() + SandboxModel.PATH + query);
  }

  RealtimeClient connect() {
    return new RealtimeClient(uri("?model=m"), "Authorization", "Bearer " + KEY);
  }

  /** An update of a session for a telephone, with a reservation's instructions and tools. */
  static String update(String input, String output) {
    return ("{'type':'session.update','session':{'type':'realtime','instructions':%s,"
            + "'audio':{'input':{%s},'output':{%s}},"
            + "'tools':[{'type':'function','name':'record_outcome'},"
            + "{'type':'function','name':'end_call'}]}}")
        .formatted(TextNode.valueOf(MindTest.INSTRUCTIONS), input, output);
  }
}
