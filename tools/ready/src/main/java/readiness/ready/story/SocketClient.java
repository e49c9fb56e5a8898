package readiness.ready.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client on a socket of the JDK's: one thread acts the script out, another receives. */
final class SocketClient implements Client, Runnable {
  private static final int ROOM = 64 * 1024;

  /** How long one who reads slowly rests after each bite. */
  private static final Duration REST = Duration.ofMillis(1);

  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  private final String name;
  private final RealStage stage;
  private final Socket socket = new Socket();
  private final List<Action> script = new ArrayList<>();
  private volatile int mouthful;
  private long expected;
  private long received;
  private boolean ended;
  private @Nullable String waitsFor;

  SocketClient(String name, RealStage stage) {
    this.name = name;
    this.stage = stage;
  }

  String name() {
    return name;
  }

  Socket socket() {
    return socket;
  }

  // ---- The script

  private Client then(Action action) {
    script.add(action);
    return this;
  }

  @Override
  public Client connect() {
    return then(() -> {
      stage.connect(this);
      Thread.ofPlatform().daemon().name(name + " receives").start(this::receive);
    });
  }

  @Override
  public Client send(int bytes) {
    byte[] data = new byte[bytes];
    return then(() -> {
      stage.note(name, "sends %,d bytes".formatted(bytes));
      waitsFor("has %,d bytes to send and finds no room".formatted(bytes));
      socket.getOutputStream().write(data);
      waitsFor(null);
    });
  }

  @Override
  public Client expect(int bytes) {
    return then(() -> {
      expected += bytes;
      awaitReceived();
    });
  }

  private synchronized void awaitReceived() throws IOException, InterruptedException {
    while (received < expected) {
      if (ended) {
        throw new IOException(
            "%s got %,d bytes of %,d before the end".formatted(name, received, expected));
      }
      waitsFor("waits for %,d bytes and has %,d".formatted(expected, received));
      wait();
    }
    waitsFor(null);
  }

  @Override
  public Client expectEnd() {
    return then(this::awaitEnd);
  }

  private synchronized void awaitEnd() throws InterruptedException {
    while (!ended) {
      waitsFor("waits for the end of the connection");
      wait();
    }
    waitsFor(null);
  }

  @Override
  public Client pause(Duration time) {
    return then(() -> Thread.sleep(time));
  }

  @Override
  public Client halfClose() {
    return then(() -> {
      stage.note(name, "finishes sending");
      socket.shutdownOutput();
    });
  }

  @Override
  public Client close() {
    return then(() -> {
      stage.note(name, "closes");
      socket.close();
    });
  }

  @Override
  public Client reset() {
    return then(() -> {
      stage.note(name, "resets the connection");
      socket.setSoLinger(true, 0);
      socket.close();
    });
  }

  @Override
  public Client readsUpTo(int bytes) {
    return then(() -> mouthful = bytes);
  }

  @Override
  public Client window(int bytes) {
    return then(() -> socket.setReceiveBufferSize(bytes));
  }

  // ---- Acting

  @Override
  public void run() {
    try {
      for (Action each : script) {
        each.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive() {
    byte[] room = new byte[ROOM];
    try {
      InputStream in = socket.getInputStream();
      int most = mouthful > 0 ? Math.min(mouthful, ROOM) : ROOM;
      for (int n; (n = in.read(room, 0, most)) >= 0; ) {
        add(n);
        if (mouthful > 0) {
          Thread.sleep(REST);
        }
      }
    } catch (SocketException e) {
      // Reset, or closed by this client itself: either way nothing more comes.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private synchronized void add(int bytes) {
    received += bytes;
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void waitsFor(@Nullable String what) {
    waitsFor = what;
  }

  /** What it waits for, if it does. */
  synchronized Optional<String> waitsFor() {
    return Optional.ofNullable(waitsFor).map(what -> name + " " + what);
  }

  /** Ends what is left of the connection. */
  void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
