package readiness.ready.command;

/**
 * One thing that was looked at.
 *
 * @param what it is
 * @param found what was found
 * @param mend how to mend it; empty if it need not be
 */
record Symptom(State state, String what, String found, String mend) {
  /** How it stands. */
  enum State {
    GOOD,
    /** Missing, and only some experiment wants it. */
    OPTIONAL,
    BAD
  }

  static Symptom good(String what, String found) {
    return new Symptom(State.GOOD, what, found, "");
  }

  static Symptom bad(String what, String found, String mend) {
    return new Symptom(State.BAD, what, found, mend);
  }

  static Symptom optional(String what, String found, String mend) {
    return new Symptom(State.OPTIONAL, what, found, mend);
  }
}
