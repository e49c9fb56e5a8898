package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/**
 * A throwable, taken apart while its class is at hand.
 *
 * @param message what it says
 * @param trace what happened before; empty if it does not tell
 * @param expected what should have been; null if it does not tell
 * @param observed what was; null if it does not tell
 * @param seed what replays it; null if it does not tell
 * @param notYet the step whose gap is behind it; null if none is
 * @param stack where it comes from, innermost first
 */
public record Thrown(
    String message,
    List<String> trace,
    @Nullable String expected,
    @Nullable String observed,
    @Nullable String seed,
    @Nullable String notYet,
    List<StackFrame> stack) {
  /** How the JVM quotes a NotYet that an initializer threw, when the class is asked for again. */
  private static final Pattern QUOTED =
      Pattern.compile(Pattern.quote(NotYet.class.getName()) + ": not written yet: step ([\\w-]+)");

  static Thrown of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable each : chain) {
      if (each instanceof NotYet gap) {
        return gap(gap.step(), gap);
      }
      Matcher quoted = QUOTED.matcher(String.valueOf(each.getMessage()));
      if (quoted.find()) {
        return gap(quoted.group(1), each);
      }
    }
    for (Throwable each : chain) {
      if (each instanceof Finding finding) {
        return of(finding);
      }
    }
    if (thrown instanceof AssertionFailedError failed && failed.isExpectedDefined()) {
      return new Thrown(
          message(thrown),
          List.of(),
          text(failed.getExpected().getValue()),
          text(failed.getActual().getValue()),
          null,
          null,
          stack(thrown));
    }
    return new Thrown(message(thrown), List.of(), null, null, null, null, stack(thrown));
  }

  /** A gap that was reached on another thread, where nobody caught it. */
  static Thrown gap(String step, Throwable where) {
    return new Thrown(
        "not written yet", List.of(), null, null, null, step, StackFrame.of(where.getStackTrace()));
  }

  private static Thrown of(Finding finding) {
    Throwable cause = finding.getCause();
    return new Thrown(
        cause == null ? "" : message(cause),
        finding.trace(),
        finding.expected(),
        finding.observed(),
        finding.seed(),
        null,
        cause == null ? StackFrame.of(finding.getStackTrace()) : stack(cause));
  }

  /** The stack of the root: what went wrong first. */
  private static List<StackFrame> stack(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable each : chain.reversed()) {
      List<StackFrame> calls = StackFrame.of(each.getStackTrace());
      if (!calls.isEmpty()) {
        return calls;
      }
    }
    return List.of();
  }

  /** An assertion's message speaks for itself; of other exceptions the kind matters too. */
  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    if (thrown instanceof AssertionError && message != null) {
      return message.strip();
    }
    String kind = thrown.getClass().getSimpleName();
    String told = message == null ? kind : kind + ": " + message.strip();
    Throwable cause = thrown.getCause();
    boolean wraps = thrown instanceof LinkageError && cause != null;
    return wraps ? told + "\ncaused by " + message(cause) : told;
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown; each != null && chain.size() < 32; each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes
        ? HexFormat.ofDelimiter(" ").formatHex(bytes)
        : String.valueOf(value);
  }

  void write(DataOutputStream to) throws IOException {
    Text.write(message, to);
    Text.write(trace, to);
    Text.write(expected, to);
    Text.write(observed, to);
    Text.write(seed, to);
    Text.write(notYet, to);
    StackFrame.write(stack, to);
  }

  static Thrown read(DataInputStream from) throws IOException {
    return new Thrown(
        Text.read(from),
        Text.readAll(from),
        Text.readOrNull(from),
        Text.readOrNull(from),
        Text.readOrNull(from),
        Text.readOrNull(from),
        StackFrame.read(from));
  }
}
