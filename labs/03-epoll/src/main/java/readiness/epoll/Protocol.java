package readiness.epoll;

import java.lang.foreign.MemorySegment;

/**
 * What is spoken on one connection. The loop calls it on its thread, one call at a time; it must
 * not block. What it throws ends its connection, and nothing else; {@link EventLoop#onDefect} hears
 * of it.
 */
public interface Protocol {
  /**
   * The connection that {@link EventLoop#connect} has begun is established. Connections that a
   * listener accepts are so from the beginning, and nobody is told.
   */
  default void connected(Connection connection) {}

  /**
   * Bytes have arrived. Takes as many as make sense by now. If it takes some and leaves some, it is
   * asked again with the rest, in this turn of the loop or a later one; if it takes none, when more
   * have come. While something waits to be sent it may be left alone until that has gone.
   *
   * @param input the bytes in {@code [from, to)}; the memory is the loop's, and this call's only
   * @return how many were consumed, from 0 to {@code to - from}
   */
  long received(Connection connection, MemorySegment input, long from, long to);

  /**
   * The peer has finished sending; it may still read. Called once, when all that it sent has been
   * offered, nothing waits to be sent, and no {@link Connection#sendMore} waits to be answered.
   */
  default void ended(Connection connection) {
    connection.closeWhenSent();
  }

  /**
   * There is room to send: what waited has gone, or {@link Connection#sendMore} asked for this
   * call.
   */
  default void drained(Connection connection) {}

  /**
   * There is no memory to keep the input in that was left: it is lost, and the connection ends. If
   * the protocol can still say so, this is the moment, before {@link Connection#closeWhenSent}. If
   * it does not call that, the connection is closed at once.
   */
  default void exhausted(Connection connection) {}

  /**
   * The loop winds up: all that has arrived so far has been offered, and nothing waits to be sent.
   * Closes, unless a protocol knows better; it may finish what it is in the middle of, and then
   * close.
   */
  default void stopping(Connection connection) {
    connection.closeWhenSent();
  }

  /**
   * There is no connection, or none any more: it could not be made, or it broke. {@link #closed}
   * follows. What was sent and not answered may have arrived or not.
   *
   * @param errno the reason, such as ECONNREFUSED or ECONNRESET: {@link readiness.kernel.Errno}
   */
  default void failed(int errno) {}

  /** The connection is closed, for whatever reason. The last call. */
  default void closed() {}
}
