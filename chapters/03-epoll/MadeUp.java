import com.sun.net.httpserver.HttpServer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that shows an answer, and how much of it has come from the server. Needs no build:
 * {@code java MadeUp.java}.
 */
public final class MadeUp {
  private MadeUp() {}

  // tag::client[]
  /** Asks for a page, and says what the answer was. */
  static String client(InputStream in, OutputStream out) throws IOException {
    String head = "GET /page HTTP/1.1\r\nHost: localhost\r\n";
    out.write((head + "Connection: close\r\n\r\n").getBytes());
    String body = "Hello, world!";
    String length = "Content-Length: " + body.length();
    return "HTTP/1.1 200 OK\n" + length + "\n\n" + body;
  }

  // end::client[]

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try (Socket socket =
        new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
      Counting in = new Counting(socket.getInputStream());
      String shown = client(in, socket.getOutputStream());
      System.out.println("the client shows  " + shown.lines().findFirst().orElseThrow());
      System.out.printf("it has read       %,d bytes%n", in.read);
      String sent = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      System.out.printf("the server sent   %,d bytes%n", in.read);
      System.out.println("and they say      " + sent.lines().findFirst().orElseThrow());
    } finally {
      server.stop(0);
    }
  }

  /** Counts the bytes that are read. */
  private static final class Counting extends FilterInputStream {
    private long read;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      read += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      read += Math.max(count, 0);
      return count;
    }
  }
}
