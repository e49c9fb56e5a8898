package readiness.dissect;

import java.util.function.Consumer;
import readiness.dissect.Part.Kind;
import readiness.serialization.MalformedException;

/** A message as it is taken apart: how far, and how deep. */
final class Parts {
  /** The message. */
  final byte[] bytes;

  private final Consumer<Part> target;

  /** Whatever lies before is in a part. */
  private int done;

  private int level;

  Parts(byte[] bytes, Consumer<Part> target) {
    this.bytes = bytes;
    this.target = target;
  }

  /** How far it is. */
  int done() {
    return done;
  }

  /** The bytes from where we are to {@code end} are the next part. */
  void next(int end, Kind kind, String text) {
    target.accept(new Part(done, end - done, level, kind, text));
    done = end;
  }

  /** What has to be said between two parts. */
  void say(String text) {
    next(done, Kind.READING, text);
  }

  /** Goes back, to read the same bytes in another way. */
  void again(int from) {
    done = from;
  }

  /** How deep it is. */
  int level() {
    return level;
  }

  /** What follows belongs to what came last. */
  void enter() {
    level++;
  }

  void leave() {
    level--;
  }

  /** What is left cannot be read, or not all of it: the last part. */
  void wrong(MalformedException why) {
    level = 0;
    next(
        bytes.length,
        Kind.WRONG,
        "✗ at " + Listing.hex(why.position(), bytes.length) + ", " + why.getMessage());
  }

  /** Where the varint ends that begins at a byte; somebody has read it already. */
  int endOfVarint(int from) {
    int at = from;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }
}
