package readiness.ready.story;

import java.time.Duration;

/**
 * What a client does, one thing after the other, on a simulated kernel or on the real one: the part
 * of {@link readiness.kernel.Peer} that both can do. It receives all the time, as fast as it was
 * told to.
 */
interface Client {
  /** Connects to the server. */
  Client connect();

  /** Sends so many bytes. */
  Client send(int bytes);

  /** Goes on when so many more bytes have come. */
  Client expect(int bytes);

  /** Goes on when the server has finished sending. */
  Client expectEnd();

  /** Does nothing for a while. */
  Client pause(Duration time);

  /** Finishes sending, and goes on receiving. */
  Client halfClose();

  /** Closes the connection. */
  Client close();

  /** Resets the connection. */
  Client reset();

  /**
   * Receives no more than so many bytes at a time, with rests between. Said before {@link #connect}
   * it holds from the beginning.
   */
  Client readsUpTo(int bytes);

  /** Has room for about so many bytes that it has not taken. To be said before {@link #connect}. */
  Client window(int bytes);
}
