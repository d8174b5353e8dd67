package dev.concierge.twilio;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Dropwizard's {@code http} connector, but for WebSockets: what they send is handled by the thread
 * that found it, where Jetty would wake another one for every message.
 *
 * <p>This is right because nothing that a media stream's message leads to ever blocks. All other
 * requests are handled as usual.
 */
@JsonTypeName("media")
public final class MediaConnectorFactory extends HttpConnectorFactory {

  /** How many connections may wait to be accepted; the system lowers it to its own limit. */
  private static final int ACCEPT_QUEUE = 4_096;

  @Override
  protected ServerConnector buildConnector(
      Server server,
      Scheduler scheduler,
      ByteBufferPool bufferPool,
      String name,
      @Nullable ThreadPool threadPool,
      ConnectionFactory... factories) {
    var connector =
        new MediaConnector(
            server,
            threadPool,
            scheduler,
            bufferPool,
            getAcceptorThreads().orElse(-1),
            getSelectorThreads().orElse(-1),
            factories);
    connector.setPort(getPort());
    connector.setHost(getBindHost());
    connector.setReuseAddress(isReuseAddress());
    connector.setInheritChannel(isInheritChannel());
    connector.setAcceptQueueSize(
        Objects.requireNonNullElseGet(getAcceptQueueSize(), () -> ACCEPT_QUEUE));
    connector.setIdleTimeout(getIdleTimeout().toMilliseconds());
    connector.setName(name);
    return connector;
  }

  private static final class MediaConnector extends ServerConnector {

    MediaConnector(
        Server server,
        @Nullable ThreadPool threads,
        Scheduler scheduler,
        ByteBufferPool buffers,
        int acceptors,
        int selectors,
        ConnectionFactory... factories) {
      super(server, threads, scheduler, buffers, acceptors, selectors, factories);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) {
      var endPoint = new MediaEndPoint(channel, selector, key, getScheduler());
      endPoint.setIdleTimeout(getIdleTimeout());
      return endPoint;
    }
  }

  /**
   * Asks the socket once for what it has, where Jetty asks until it says that it has no more: a
   * read that left room in its buffer has said so, and the selector tells of what comes later.
   */
  private static final class MediaEndPoint extends SocketChannelEndPoint {

    // Used by one thread at a time: whoever reads.
    private boolean empty;

    MediaEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      if (empty) {
        empty = false;
        return 0;
      }
      int filled = super.fill(buffer);
      empty = filled > 0 && BufferUtil.space(buffer) > 0;
      return filled;
    }

    @Override
    public void fillInterested(Callback readable) {
      empty = false;
      boolean stream = getConnection() instanceof WebSocketConnection;
      super.fillInterested(stream ? new NonBlocking(readable) : readable);
    }
  }

  private record NonBlocking(Callback callback) implements Callback {

    @Override
    public void succeeded() {
      callback.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      callback.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
