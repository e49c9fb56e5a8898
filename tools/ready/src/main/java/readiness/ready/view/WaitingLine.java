package readiness.ready.view;

import java.util.function.UnaryOperator;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.check.CheckListener;

/**
 * The sign of life while a check makes a reader wait: a line that goes when the result stands.
 *
 * @param screen where it stands
 * @param words what to say of a step whose tests run
 */
public record WaitingLine(Screen screen, UnaryOperator<String> words) implements CheckListener {

  /** The line for tests of steps. */
  public static WaitingLine of(Desk desk) {
    return new WaitingLine(
        desk.screen(),
        id ->
            desk.course()
                .step(id)
                .map(step -> "Testing %s %s".formatted(step.number(), step.id()))
                .orElse("Testing"));
  }

  @Override
  public void compiling() {
    screen.passing("Compiling …");
  }

  @Override
  public void testing(String step) {
    screen.passing(words.apply(step) + " …");
  }
}
