import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Sends heads on which readers disagree to a server that is not ours, the one in the JDK, and tells
 * what that server took them for. Needs no build: {@code java TwoReaders.java}.
 */
public final class TwoReaders {
  private static final String BODY = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

  /** What is sent, by what is odd about it. */
  private static final List<Map.Entry<String, String>> ODD =
      List.of(
          Map.entry(
              "nothing",
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: "
                  + BODY.length()
                  + "\r\n\r\n"
                  + BODY),
          Map.entry(
              "two lengths, 0 last",
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nContent-Length: 0\r\n\r\n%s"
                  .formatted(BODY.length(), BODY)),
          Map.entry(
              "a space before the colon",
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length : %d\r\n\r\n%s"
                  .formatted(BODY.length(), BODY)),
          Map.entry(
              "a bare LF",
              "POST /a HTTP/1.1\r\nHost: a\nContent-Length: %d\r\n\r\n%s"
                  .formatted(BODY.length(), BODY)),
          Map.entry(
              "a space before the name",
              "POST /a HTTP/1.1\r\nHost: a\r\n Content-Length: %d\r\n\r\n%s"
                  .formatted(BODY.length(), BODY)),
          Map.entry(
              "a sign",
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: +%d\r\n\r\n%s"
                  .formatted(BODY.length(), BODY)),
          Map.entry(
              "a length and chunks",
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n"
                      .formatted(BODY.length() + 5)
                  + "0\r\n\r\n"
                  + BODY));

  private TwoReaders() {}

  public static void main(String[] args) throws IOException {
    List<String> taken = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int body = exchange.getRequestBody().readAllBytes().length;
          taken.add(exchange.getRequestURI() + " with " + body + " bytes");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    System.out.printf("%-25s %s%n", "what is odd", "what the JDK's server took it for");
    for (Map.Entry<String, String> each : ODD) {
      String first = ask(server.getAddress().getPort(), each.getValue());
      System.out.printf(
          "%-25s %s%n", each.getKey(), taken.isEmpty() ? first : String.join(", then ", taken));
      taken.clear();
    }
    server.stop(0);
  }

  /** Sends one text on a connection of its own; the status line of the first answer. */
  private static String ask(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.isEmpty() ? "nothing, and closed" : answer.lines().findFirst().orElseThrow();
    } catch (SocketException e) {
      return e.getMessage();
    }
  }
}
