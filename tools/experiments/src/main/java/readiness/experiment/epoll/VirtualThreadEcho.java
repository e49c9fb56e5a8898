package readiness.experiment.epoll;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** The echo server with a virtual thread for each connection, all of it. */
final class VirtualThreadEcho {
  private static final int BUFFER = 1024;

  private VirtualThreadEcho() {}

  static void serve(ServerSocket listener) throws IOException {
    while (true) {
      Socket socket = listener.accept();
      socket.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> echo(socket));
    }
  }

  private static void echo(Socket socket) {
    byte[] buffer = new byte[BUFFER];
    try (socket) {
      for (int n; (n = socket.getInputStream().read(buffer)) > 0; ) {
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The peer is gone: so is the thread.
    }
  }
}
