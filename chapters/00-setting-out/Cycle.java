import java.lang.ref.WeakReference;

/** Two objects that hold each other, and nothing else that holds them: are they collected? */
final class Cycle {
  // tag::cycle[]
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

  // end::cycle[]

  public static void main(String[] args) {
    WeakReference<Node> cycle = cycle();
    for (int collections = 1; collections <= 10; collections++) {
      System.gc();
      if (cycle.refersTo(null)) {
        IO.println("The cycle is gone after " + collections + " collection(s).");
        return;
      }
    }
    IO.println("The cycle is still there after 10 collections.");
  }
}
