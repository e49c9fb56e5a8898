package readiness.serialization;

/**
 * Which objects and arrays a place in a JSON text lies in, from the outermost to the innermost: a
 * bit for each.
 *
 * <p>That is why no depth of nesting touches the stack of the thread: 512 levels are 64 bytes here,
 * and most messages, which have fewer than 64, need no array at all.
 */
final class JsonNesting {
  /** How deep objects and arrays may be nested, all together. */
  static final int MAX_DEPTH = 512;

  /** The innermost levels, up to 64, the innermost in bit 0: set for an object. */
  private long innermost;

  /** What lies outside of them, 64 levels to a word. */
  private long[] outer = {};

  private int depth;

  /** How many objects and arrays are open. */
  int depth() {
    return depth;
  }

  /** Whether no more may be opened. */
  boolean isFull() {
    return depth == MAX_DEPTH;
  }

  /** Opens one; not if {@link #isFull}. */
  void push(boolean object) {
    if (depth > 0 && depth % Long.SIZE == 0) {
      if (outer.length == 0) {
        outer = new long[MAX_DEPTH / Long.SIZE];
      }
      outer[depth / Long.SIZE - 1] = innermost;
    }
    innermost = innermost << 1 | (object ? 1 : 0);
    depth++;
  }

  /** Closes the innermost. */
  void pop() {
    innermost >>>= 1;
    depth--;
    if (depth > 0 && depth % Long.SIZE == 0) {
      innermost = outer[depth / Long.SIZE - 1];
    }
  }

  /** Whether one is open and the innermost is an object. */
  boolean inObject() {
    return (innermost & 1) != 0;
  }
}
