package readiness.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import readiness.measure.NoAnswer;

/** The program behind {@code ready bench}, which has checked what it is called with. */
public final class Bench {
  private Bench() {}

  /**
   * Measures. The exit code is 0 if all went well, 1 if what is measured does not work, 3 if the
   * environment is not right.
   *
   * @param args the chapter, what of its {@link Room}, then the {@link Settings}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Whatever the machine's language: this is English, and read by other programs.
    Locale.setDefault(Locale.ROOT);
    Display display = Display.standard();
    try {
      Settings settings = Settings.parse(Arrays.copyOfRange(args, 2, args.length));
      Objects.requireNonNull(Rooms.of(args[0]).measurements().get(args[1]), args[1])
          .run(settings, display);
    } catch (Stopped e) {
      end(display, e, e.status());
    } catch (NoAnswer e) {
      end(display, e, Stopped.FAILS);
    }
  }

  private static void end(Display display, Exception reason, int status) {
    display.clear();
    System.err.println("ready: " + reason.getMessage());
    System.exit(status);
  }
}
