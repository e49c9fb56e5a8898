package readiness.bench.epoll;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An echo server with much of what can be wrong with one: it loses descriptors, damages bytes,
 * breaks off in the middle, and spins.
 */
final class BadEcho {
  /** What nobody closes. */
  private static final List<FileInputStream> LOST = Collections.synchronizedList(new ArrayList<>());

  private BadEcho() {}

  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().start(BadEcho::spin);
    try (ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> accept(server));
      Served.converse(server.getLocalPort());
    }
  }

  private static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static void accept(ServerSocket server) {
    for (int number = 0; ; number++) {
      int client = number;
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket, client));
      } catch (IOException e) {
        // Out of descriptors: what it has lost stays lost.
      }
    }
  }

  private static void serve(Socket socket, int client) {
    byte[] piece = new byte[4096];
    try {
      int n;
      int pieces = 0;
      while ((n = socket.getInputStream().read(piece)) >= 0) {
        piece[0] += client % 7 == 0 && pieces == 1 ? 1 : 0;
        socket.getOutputStream().write(piece, 0, n);
        if (client % 11 == 0 && pieces == 2) {
          break;
        }
        pieces++;
      }
    } catch (IOException e) {
      // Reset by the client.
    }
    try {
      if (client % 20 == 5) {
        LOST.add(new FileInputStream("/dev/null"));
      }
      socket.close();
    } catch (IOException e) {
      // Nothing can be done about it.
    }
  }
}
