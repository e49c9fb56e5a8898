package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told of an answer. */
final class Heard implements Answer {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final StringBuilder outcome = new StringBuilder();
  private @Nullable Runnable atTheEnd;
  private int status;

  /** Has {@code task} run when the outcome is known. */
  Heard then(Runnable task) {
    atTheEnd = task;
    return this;
  }

  @Override
  public void status(int status) {
    this.status = status;
  }

  @Override
  public void body(MemorySegment memory, long from, long to) {
    body.writeBytes(memory.asSlice(from, to - from).toArray(JAVA_BYTE));
  }

  @Override
  public void complete() {
    over("complete");
  }

  @Override
  public void failed(String reason) {
    over("failed: " + reason);
  }

  private void over(String how) {
    outcome.append(outcome.isEmpty() ? "" : ", then ").append(how);
    if (atTheEnd != null) {
      atTheEnd.run();
    }
  }

  /** What it came to; nothing as long as that is open. */
  String outcome() {
    return outcome.toString();
  }

  byte[] body() {
    return body.toByteArray();
  }

  /** All of it, in one line. */
  @Override
  public String toString() {
    return describe(status, body(), outcome.isEmpty() ? "and not complete" : outcome.toString());
  }

  /** An answer as {@link #toString} shows it. */
  static String describe(int status, byte[] body, String outcome) {
    String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return "status %d, %,d bytes \"%s\", %s".formatted(status, body.length, shown, outcome);
  }
}
