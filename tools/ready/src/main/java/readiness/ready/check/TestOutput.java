package readiness.ready.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads what the child prints, divided by tests. The dividing lines begin with a marker that the
 * code under test cannot guess. However much is printed, the child never waits for us and we never
 * keep more than a {@link Clip} for each test.
 */
final class TestOutput {
  private final byte[] marker;
  private final Map<String, Clip> clips = new HashMap<>();
  private final CountDownLatch complete = new CountDownLatch(1);
  private String test = "";

  TestOutput(String marker) {
    this.marker = marker.getBytes(StandardCharsets.US_ASCII);
  }

  void readAll(InputStream in) {
    try (InputStream buffered = new BufferedInputStream(in, 1 << 16)) {
      // How much of the marker the current line has matched; -1 when it is an ordinary line.
      int matched = 0;
      StringBuilder name = new StringBuilder();
      for (int b; (b = buffered.read()) >= 0; ) {
        if (matched == marker.length) {
          if (b == '\n') {
            divide(name.toString());
            name.setLength(0);
            matched = 0;
          } else {
            name.append((char) b);
          }
        } else if (matched >= 0 && b == marker[matched]) {
          matched++;
        } else {
          for (int i = 0; i < matched; i++) {
            add(marker[i]);
          }
          add((byte) b);
          matched = b == '\n' ? 0 : -1;
        }
      }
    } catch (IOException e) {
      // The child was killed: what came before is all there is.
    } finally {
      complete.countDown();
    }
  }

  private synchronized void add(byte b) {
    clips.computeIfAbsent(test, _ -> new Clip()).add(b);
  }

  private synchronized void divide(String next) {
    test = next;
    if (next.isEmpty()) {
      complete.countDown();
    }
  }

  /** Waits for the last dividing line or the end of the pipe, but not for ever. */
  void await() throws InterruptedException {
    complete.await(2, TimeUnit.SECONDS);
  }

  /** What was printed during the test; the empty name: before the first one. */
  synchronized String of(String name) {
    Clip clip = clips.get(name);
    return clip == null ? "" : clip.text().strip();
  }
}
