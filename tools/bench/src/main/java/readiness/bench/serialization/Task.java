package readiness.bench.serialization;

import java.util.Locale;

/**
 * What is measured of a side.
 *
 * @param message which one
 * @param operation to read or to write it
 */
record Task(Message message, Operation operation) {
  /** The two methods of {@link Work}. */
  enum Operation {
    READ,
    WRITE;

    /** The method's name, and what people call it. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
