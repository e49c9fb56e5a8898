package sample.pipes;

/** A pipe with room for so much and no more. */
final class Pipe {
  private int used;

  /** Takes what there is room for and says how much that was. */
  int fill(int length) {
    // tag::fill[]
    int taken = Math.min(length, 65_536 - used);
    used += taken;
    return taken;
    // end::fill[]
  }

  /** Gives up to {@code length} bytes back. */
  int drain(int length) {
    // tag::drain[]
    int given = Math.min(length, used);
    used -= given;
    return given;
    // end::drain[]
  }
}
