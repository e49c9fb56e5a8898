package readiness.ready.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import readiness.ready.child.Child;
import readiness.ready.child.StackFrame;

/** Puts the end of a child JVM that should have gone on into words. */
final class Crash {
  private static final Map<Integer, String> SIGNALS =
      Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV");
  private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+) \\(0x");
  private static final Pattern ADDRESS = Pattern.compile("si_addr: (0x[0-9a-f]+)");
  private static final Pattern JAVA_FRAME =
      Pattern.compile(
          "(?m)^[jJv]\\s+(?:\\d+ (?:% )?(?:c\\d )?)?(readiness\\.[\\w.$]+)\\.([\\w<>$]+)[(+]");

  private Crash() {}

  /** How a lost test counts: a JVM that ended in order was ended by the code under test. */
  static Outcome outcome(int status, String report) {
    return report.isEmpty() && status < 128 ? Outcome.FAILED : Outcome.CRASH;
  }

  /** From the exit status and the report that a crash leaves. */
  static Failure describe(int status, String report) {
    if (!report.isEmpty()) {
      return reported(report);
    }
    if (status == Child.LOST_CHANNEL) {
      return failure(
          "the descriptor on which the tests report is closed",
          "your code closes the descriptors that it opened, and each of them once",
          "it closes one that is not its own");
    }
    if (status < 128) {
      return failure(
          "the code under test ends the JVM",
          "the test runs to its end",
          "the JVM ended with status " + status);
    }
    String signal = SIGNALS.getOrDefault(status - 128, "signal " + (status - 128));
    return failure(
        "the JVM was killed by " + signal,
        "the test runs to its end",
        signal.equals("SIGKILL")
            ? "SIGKILL from outside; if it was not you, the system ran out of memory"
            : signal + ", without a report");
  }

  private static Failure reported(String report) {
    Matcher signal = SIGNAL.matcher(report);
    Matcher address = ADDRESS.matcher(report);
    Matcher frame = JAVA_FRAME.matcher(report);
    String observed = signal.find() ? signal.group(1) : "a signal";
    if (address.find()) {
      observed += " at address " + address.group(1);
    }
    if (frame.find()) {
      String type = frame.group(1);
      observed +=
          ", called from %s.%s"
              .formatted(type.substring(type.lastIndexOf('.') + 1), frame.group(2));
    }
    return failure(
        "native code crashed the JVM",
        "every address, length and layout that goes to native code is of memory that is there",
        observed);
  }

  /** From the stack of whoever called {@code System.exit}. */
  static Failure exit(List<StackFrame> stack, Sources sources) {
    List<Frame> frames = sources.frames(stack);
    String who =
        frames.isEmpty()
            ? ""
            : ", called in %s.%s, line %d"
                .formatted(
                    frames.getFirst().type(), frames.getFirst().method(), frames.getFirst().line());
    return new Failure(
        "the code under test exits the JVM",
        List.of(),
        "the test runs to its end",
        "System.exit" + who,
        null,
        null,
        frames);
  }

  private static Failure failure(String message, String expected, String observed) {
    return new Failure(message, List.of(), expected, observed, null, null, List.of());
  }
}
