package readiness.bench.serialization;

import readiness.serialization.Person;

/**
 * One library that says one person in one format, over and over. It holds what it may use again,
 * and its message in the memory that it reads best.
 */
interface Side {
  /** Makes a person, with all its texts, of the message. */
  Person read() throws Exception;

  /**
   * Makes the message of the person.
   *
   * @return something that depends on the bytes, so that the compiler cannot leave them out
   */
  Object write() throws Exception;

  /** The message that was written last. */
  byte[] written();
}
