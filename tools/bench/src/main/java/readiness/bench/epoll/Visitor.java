package readiness.bench.epoll;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of the soak: connects to an echo server, behaves in its manner and looks at every byte
 * that comes back. For a thread of its own, which may be a virtual one. Its number decides its
 * manner, its sizes and its bytes.
 */
final class Visitor {
  /** For how long the server may be silent. */
  private static final int PATIENCE_MILLIS = 30_000;

  /** Fits into the sockets' buffers, so that who sends it need not read meanwhile. */
  private static final int MESSAGE = 16 * 1024;

  private static final int SMALL_WINDOW = 8 * 1024;

  /** The server breaks off where it should not, or sends what it should not. */
  private static final class Wrong extends IOException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  private final InetSocketAddress server;
  private final Manner manner;
  private final Pattern pattern;
  private final Random random;
  private final byte[] piece = new byte[MESSAGE];
  private volatile long sent;
  private long received;

  Visitor(InetSocketAddress server, Manner manner, long number) {
    this.server = server;
    this.manner = manner;
    pattern = new Pattern(number);
    random = new Random(number);
  }

  /** Comes, behaves, and goes. */
  Visit visit() {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (manner == Manner.READS_SLOWLY || manner == Manner.NEVER_READS) {
        socket.setReceiveBufferSize(SMALL_WINDOW);
      }
      socket.connect(server, PATIENCE_MILLIS);
      behave(socket);
      return ended(Visit.Ending.WELL, "");
    } catch (Wrong e) {
      return ended(Visit.Ending.WRONG, e.getMessage());
    } catch (IOException e) {
      return received == 0
          ? ended(Visit.Ending.TURNED_AWAY, e.getMessage())
          : ended(
              Visit.Ending.CUT_OFF,
              "after %,d of %,d bytes: %s".formatted(received, sent, e.getMessage()));
    }
  }

  private Visit ended(Visit.Ending ending, String detail) {
    return new Visit(manner, sent, received, ending, detail);
  }

  private void behave(Socket socket) throws IOException {
    switch (manner) {
      case CHATS -> {
        for (int i = random.nextInt(1, 20); i > 0; i--) {
          exchange(socket, size(MESSAGE));
        }
        end(socket);
      }
      case HALF_CLOSES -> {
        long total = size(512 * 1024);
        sendBeside(socket, total);
        readToEnd(socket, total, MESSAGE, 0);
      }
      case READS_SLOWLY -> {
        long total = size(512 * 1024);
        sendBeside(socket, total);
        readToEnd(socket, total, 4096, 2);
      }
      case NEVER_READS -> {
        sendBeside(socket, 64L << 20);
        pause(random.nextInt(100, 1000));
        reset(socket);
      }
      case RESETS -> {
        int total = size(256 * 1024);
        sendBeside(socket, total);
        read(socket, random.nextInt(total));
        reset(socket);
      }
      case LEAVES -> {
        if (random.nextBoolean()) {
          reset(socket);
        }
      }
      case KEEPS_QUIET -> {
        pause(random.nextInt(100, 1500));
        exchange(socket, size(MESSAGE));
        end(socket);
      }
    }
  }

  /** From 1 to {@code most}, small ones as often as large ones. */
  private int size(int most) {
    return (int) Math.pow(most, random.nextDouble());
  }

  /** Sends a message that fits into the sockets' buffers, and reads it back. */
  private void exchange(Socket socket, int length) throws IOException {
    pattern.fill(piece, sent, length);
    socket.getOutputStream().write(piece, 0, length);
    sent += length;
    read(socket, length);
  }

  /** Sends so much on a thread of its own, then closes this side. */
  private void sendBeside(Socket socket, long total) {
    Thread.startVirtualThread(() -> {
      byte[] output = new byte[MESSAGE];
      try {
        while (sent < total) {
          int length = (int) Math.min(output.length, total - sent);
          pattern.fill(output, sent, length);
          socket.getOutputStream().write(output, 0, length);
          sent += length;
        }
        socket.shutdownOutput();
      } catch (IOException e) {
        // The reading side sees it as well, unless this client has ended it by itself.
      }
    });
  }

  /** Reads {@code length} bytes and looks at them. */
  private void read(Socket socket, int length) throws IOException {
    InputStream input = socket.getInputStream();
    for (int left = length; left > 0; ) {
      int n = input.read(piece, 0, Math.min(left, piece.length));
      if (n < 0) {
        throw new IOException("end of the stream");
      }
      take(n);
      left -= n;
    }
  }

  private void take(int length) throws Wrong {
    int wrong = pattern.mismatch(piece, received, length);
    if (wrong >= 0) {
      throw new Wrong("byte %,d is wrong".formatted(received + wrong));
    }
    received += length;
  }

  /** Reads what comes, at most {@code most} bytes at a time, with pauses, up to the end. */
  private void readToEnd(Socket socket, long total, int most, int pauseMillis) throws IOException {
    InputStream input = socket.getInputStream();
    int n;
    while ((n = input.read(piece, 0, most)) >= 0) {
      take(n);
      pause(pauseMillis);
    }
    if (received > total) {
      throw new Wrong("%,d bytes came back, %,d were sent".formatted(received, total));
    }
    if (received < total) {
      throw new IOException("end of the stream, at %,d of %,d bytes".formatted(received, total));
    }
  }

  /** Closes this side, and expects the server to do so as well, and to say nothing before. */
  private void end(Socket socket) throws IOException {
    socket.shutdownOutput();
    if (socket.getInputStream().read() >= 0) {
      throw new Wrong("more came back than was sent");
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void pause(long millis) {
    if (millis > 0) {
      LockSupport.parkNanos(millis * 1_000_000);
    }
  }
}
