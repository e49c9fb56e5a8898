package readiness.conformance;

/**
 * A story about system calls. It is played on the simulation and on the real kernel, with sizes,
 * orders and pieces that the same seed decides, and what is observed has to be equal.
 *
 * @param name what it shows, as a sentence
 */
record Scenario(String name, Play play) {
  /** The calls of one story. */
  @FunctionalInterface
  interface Play {
    void on(World world);
  }

  static Scenario scenario(String name, Play play) {
    return new Scenario(name, play);
  }
}
