package dev.concierge.twilio;

import jakarta.websocket.Extension;
import java.util.List;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/**
 * A step of Jetty's between a socket and its endpoint, which passes text on as bytes. Jetty would
 * make characters of it one byte at a time: 3 to 5 µs for 20 ms of audio, more than all that the
 * bridge does with it.
 *
 * <p>Nobody can tell text from bytes after it, which Twilio never sends; and text that is not UTF-8
 * is junk among other junk, where Jetty would close the socket and end the call.
 *
 * <p>Public because Jetty makes it, one for each connection.
 */
public final class TextAsBytes extends AbstractExtension {

  /** Of an extension whose name begins with "@" Jetty tells no peer. */
  private static final String NAME = "@text-as-bytes";

  /** Makes it known to an application's sockets, of which each may have it. */
  static void register(ContextHandler application) {
    WebSocketServerComponents.getWebSocketComponents(application)
        .getExtensionRegistry()
        .register(NAME, TextAsBytes.class);
  }

  /** This one and no other, of those that there are. */
  static List<Extension> only(List<Extension> installed) {
    return installed.stream().filter(each -> each.getName().equals(NAME)).toList();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    nextIncomingFrame(frame.getOpCode() == OpCode.TEXT ? asBytes(frame) : frame, callback);
  }

  private static Frame asBytes(Frame text) {
    return new Frame(OpCode.BINARY, text.isFin(), text.getPayload());
  }
}
