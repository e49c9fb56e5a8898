package readiness.experiment.settingout;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;

/** Two objects that hold each other, and nothing else that holds them: are they collected? */
final class Cycle {
  private static final int COLLECTIONS = 10;

  private Cycle() {}

  private static final class Node {
    Node other;
  }

  private static WeakReference<Node> cycle() {
    Node one = new Node();
    Node two = new Node();
    one.other = two;
    two.other = one; // each is referred to, for ever
    return new WeakReference<>(one);
  }

  /**
   * Prints how many are left after each collection, until none is, and then ends.
   *
   * @param args how many to make
   */
  public static void main(String[] args) {
    List<WeakReference<Node>> cycles =
        Stream.generate(Cycle::cycle).limit(Integer.parseInt(args[0])).toList();
    long left = cycles.size();
    for (int collection = 1; collection <= COLLECTIONS && left > 0; collection++) {
      System.gc();
      left = cycles.stream().filter(cycle -> !cycle.refersTo(null)).count();
      IO.println(left);
    }
  }
}
