package readiness.ready.check;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning and the end of what may be endless. */
final class Clip {
  private static final int HEAD = 2_048;
  private static final int TAIL = 2_048;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail = new byte[TAIL];
  private long behindHead;

  void add(byte b) {
    if (head.size() < HEAD) {
      head.write(b);
    } else {
      tail[(int) (behindHead++ % TAIL)] = b;
    }
  }

  /** The text; where something is missing it says how much. */
  String text() {
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    for (long i = Math.max(0, behindHead - TAIL); i < behindHead; i++) {
      end.write(tail[(int) (i % TAIL)]);
    }
    long lost = behindHead - end.size();
    String between = lost == 0 ? "" : "%n… %,d bytes left out …%n".formatted(lost);
    return head.toString(StandardCharsets.UTF_8) + between + end.toString(StandardCharsets.UTF_8);
  }
}
