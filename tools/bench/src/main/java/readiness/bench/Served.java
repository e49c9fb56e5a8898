package readiness.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** What both servers answer, and the conversation of a server's process with its parent. */
final class Served {
  static final String CONTENT_TYPE = "text/plain";
  static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.US_ASCII);

  private Served() {}

  /** The answer as it goes over the wire. */
  static String answer() {
    return "HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(CONTENT_TYPE, BODY.length, new String(BODY, StandardCharsets.US_ASCII));
  }

  /**
   * Prints the port, then answers {@code allocated} with the bytes of heap that all threads have
   * allocated so far. When the input ends, so does the process: what it holds is the kernel's to
   * clear away.
   */
  static void converse(int port) throws IOException {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    IO.println(port);
    try (var questions = new BufferedReader(new InputStreamReader(System.in))) {
      while (questions.readLine() != null) {
        IO.println(threads.getTotalThreadAllocatedBytes());
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
