package dev.concierge.twilio;

import dev.concierge.bridge.CallerLeg;

/** The line to the restaurant as one media stream; speaks only on that stream. */
final class TwilioCallerLeg implements CallerLeg {

  private final MediaEnvelope envelope;
  private final String callSid;
  private final MediaSocket socket;
  private final Farewell farewell;
  private final MediaStreamSession session;

  TwilioCallerLeg(
      MediaMessage.Start start, MediaSocket socket, Farewell farewell, MediaStreamSession session) {
    this.envelope = new MediaEnvelope(start.streamSid());
    this.callSid = start.callSid();
    this.socket = socket;
    this.farewell = farewell;
    this.session = session;
  }

  @Override
  public void play(byte[] mulaw) {
    send(envelope.media(mulaw));
  }

  @Override
  public void mark(String name) {
    send(envelope.mark(name));
  }

  @Override
  public void clear() {
    send(envelope.clear());
  }

  private void send(String message) {
    if (!session.isOver()) {
      socket.send(message, session::lost);
    }
  }

  @Override
  public void sayAndHangUp(String words) {
    farewell.say(callSid, words, this::close);
  }

  @Override
  public void close() {
    session.hangUp();
  }

  @Override
  public long waitingBytes() {
    return socket.waitingBytes();
  }
}
