package readiness.ready.check;

import java.util.Locale;

/** How a test ended. Only {@link #PASSED} is good: there is no other way to earn anything. */
public enum Outcome {
  /** It ran to its end and found nothing wrong. */
  PASSED,
  /** It found something wrong, or the code under test threw, or exited the JVM. */
  FAILED,
  /** It came to a place that is still to be written. */
  NOT_YET,
  /** It did not run: the code does not compile, an earlier step fails, or it was skipped. */
  NOT_RUN,
  /** It had not ended after the step's limit. */
  STUCK,
  /** The JVM died under it: native code crashed, or something killed the process. */
  CRASH;

  /** As in {@code check --json}: lower case with hyphens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
