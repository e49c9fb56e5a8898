package sample.pipes;

/** One byte on its way. */
final class Drop {
  // tag::drain[]
  private int weight = 1;

  int weight() {
    return weight;
  }
  // end::drain[]
}
