package dev.concierge.realtime;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;

/**
 * Tells a session what happens on its socket. Messages come one at a time; that it is closed may be
 * told by another thread, beside one.
 */
final class RealtimeEndpoint extends Endpoint {

  private final RealtimeSession session;
  private final MaskingKeys keys;

  RealtimeEndpoint(RealtimeSession session, MaskingKeys keys) {
    this.session = session;
    this.keys = keys;
  }

  @Override
  public void onOpen(Session socket, EndpointConfig config) {
    MessageHandler.Whole<String> handler = session::received;
    MessageHandler.Whole<PongMessage> pongs = pong -> session.ponged();
    socket.addMessageHandler(String.class, handler);
    socket.addMessageHandler(PongMessage.class, pongs);
    session.opened(new RealtimeSocket(socket, RealtimeContainer.writer(config), keys));
  }

  @Override
  public void onClose(Session socket, CloseReason reason) {
    session.disconnected(
        "the socket was closed: "
            + reason.getCloseCode().getCode()
            + " "
            + reason.getReasonPhrase());
  }

  @Override
  public void onError(Session socket, Throwable fault) {
    session.disconnected("the socket failed: " + fault);
  }
}
