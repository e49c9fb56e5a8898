package readiness.acceptance.hostile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A client that behaves, and holds each answer against the one that it got before anybody else
 * came. It asks on a connection that stays, and on a new one now and then.
 */
final class Honest implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /** So many rounds on one connection. */
  private static final int ROUNDS = 5;

  /** A question, and what the server said when it was alone. */
  private record Known(String request, boolean hasBody, Answer answer) {}

  /**
   * An answer.
   *
   * @param head its lines but for the date
   * @param body its bytes
   */
  private record Answer(List<String> head, byte[] body) {
    String status() {
      return head.getFirst();
    }
  }

  private final InetSocketAddress server;
  private final List<Known> known = new ArrayList<>();
  private Socket socket = new Socket();
  private InputStream input = InputStream.nullInputStream();
  private int rounds;
  private long right;

  /**
   * Asks for the first time.
   *
   * @param small the bytes of {@code /small.txt}
   * @param large the bytes of {@code /large.bin}
   * @throws IOException if an answer is not what it must be
   */
  Honest(InetSocketAddress server, byte[] small, byte[] large) throws IOException {
    this.server = server;
    connect();
    learn("GET /small.txt", "", "200", small);
    learn("HEAD /large.bin", "", "200", null);
    learn("GET /large.bin", "", "200", large);
    learn(
        "GET /large.bin",
        "Range: bytes=1000-1999\r\n",
        "206",
        Arrays.copyOfRange(large, 1000, 2000));
    learn("GET /nowhere", "", "404", null);
    learn("DELETE /small.txt", "", "405", null);
  }

  private void connect() throws IOException {
    socket.close();
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server, PATIENCE_MILLIS);
    input = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  private void learn(String line, String field, String status, byte[] body) throws IOException {
    String request = "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(line, field);
    boolean hasBody = !line.startsWith("HEAD");
    Answer answer = ask(request, hasBody);
    if (!answer.status().startsWith("HTTP/1.1 " + status + " ")
        || body != null && !Arrays.equals(answer.body(), body)) {
      throw new IOException("%s is answered %s".formatted(line, answer.status()));
    }
    known.add(new Known(request, hasBody, answer));
  }

  /**
   * Asks everything once more.
   *
   * @throws IOException if an answer does not come, or is another one
   */
  void round() throws IOException {
    if (++rounds % ROUNDS == 0) {
      connect();
    }
    for (Known each : known) {
      Answer answer = ask(each.request, each.hasBody);
      if (!answer.head.equals(each.answer.head)) {
        throw new IOException(
            "%s was answered %s, and is answered %s"
                .formatted(each.request.strip(), each.answer.head, answer.head));
      }
      int wrong = Arrays.mismatch(answer.body, each.answer.body);
      if (wrong >= 0) {
        throw new IOException(
            "byte %,d of the answer to %s is wrong".formatted(wrong, each.request.strip()));
      }
      right++;
    }
  }

  /** How many answers were right. */
  long right() {
    return right;
  }

  private Answer ask(String request, boolean hasBody) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    List<String> head = new ArrayList<>();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
      if (!line.startsWith("Date: ")) {
        head.add(line);
      }
    }
    byte[] body = input.readNBytes(hasBody ? length : 0);
    if (hasBody && body.length < length) {
      throw new EOFException("the server ends %s after %,d bytes".formatted(head, body.length));
    }
    return new Answer(head, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new EOFException("the server has closed the connection of a client that behaves");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
