package readiness.dissect;

import readiness.serialization.MalformedException;

/** Takes one message apart. */
interface Dissector {
  /**
   * Names the parts of the whole message.
   *
   * @throws MalformedException where the bytes end being valid; what comes before has been named
   */
  void dissect();
}
