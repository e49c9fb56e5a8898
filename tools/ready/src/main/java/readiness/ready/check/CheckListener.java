package readiness.ready.check;

/** Is told what a check is at, on the thread that checks. */
public interface CheckListener {
  /** The code is being compiled. */
  default void compiling() {}

  /** This step's tests are run from now on. */
  default void testing(String step) {}

  /** How the step stands that was asked for, before the others have run. */
  default void proved(StepResult asked) {}
}
