package readiness.bench;

import java.io.IOException;
import java.util.Arrays;

/** The program behind {@code ready bench}, which has checked what it is called with. */
public final class Bench {
  private Bench() {}

  /**
   * Measures. The exit code is 0 if all went well, 1 if what is measured does not work, 3 if the
   * environment is not right.
   *
   * @param args {@code contest}, then the {@link Settings}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Screen screen = Screen.standard();
    try {
      Settings settings = Settings.parse(Arrays.copyOfRange(args, 1, args.length));
      switch (args[0]) {
        case "contest" -> Contest.run(settings, screen);
        case "soak" -> Soak.run(settings, screen);
        case "idle" -> IdleCost.run(settings, screen);
        default -> throw new IllegalArgumentException(args[0]);
      }
    } catch (Stopped e) {
      screen.clear();
      System.err.println("ready: " + e.getMessage());
      System.exit(e.status());
    }
  }
}
