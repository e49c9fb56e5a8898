package readiness.bench.epoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Clients that connect and stay, and do nothing. */
final class Crowd implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final List<Socket> sockets = new ArrayList<>();

  /** So many more connect. */
  void come(InetSocketAddress server, int clients) throws IOException {
    for (int i = 0; i < clients; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.connect(server, PATIENCE_MILLIS);
    }
  }

  /** Whether an echo server answers on this connection. */
  static boolean isServed(Socket socket) {
    byte[] message = Work.ECHO.request();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(message);
      return Arrays.equals(socket.getInputStream().readNBytes(message.length), message);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
