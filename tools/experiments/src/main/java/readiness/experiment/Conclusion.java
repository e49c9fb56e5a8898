package readiness.experiment;

import java.util.Locale;

/**
 * What the numbers say.
 *
 * @param right the letter of the option that turned out right, or an empty text if none did
 * @param verdict on the claim
 * @param because in a sentence or two, with the numbers
 */
public record Conclusion(String right, Verdict verdict, String because) {
  /** What becomes of a claim. */
  public enum Verdict {
    TRUE,

    /** True with a condition. */
    HALF,

    WRONG,

    /** This run does not decide it: noise, or a machine unlike those that were thought of. */
    OPEN;

    /** In the words of the book. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The numbers do not say what they were to say. */
  public static Conclusion open(String because) {
    return new Conclusion("", Verdict.OPEN, because);
  }
}
