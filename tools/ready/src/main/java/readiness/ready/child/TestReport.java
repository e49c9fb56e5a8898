package readiness.ready.child;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Tells the parent how the tests go, one method at a time. */
final class TestReport implements TestExecutionListener {
  private final EventChannel channel;
  private final String marker;
  private final AtomicReference<@Nullable Thrown> uncaughtGap;

  /** The first failure among the invocations of a method, by the method's name. */
  private final Map<String, Thrown> failures = new HashMap<>();

  private boolean allPassed = true;

  TestReport(EventChannel channel, String marker, AtomicReference<@Nullable Thrown> uncaughtGap) {
    this.channel = channel;
    this.marker = marker;
    this.uncaughtGap = uncaughtGap;
  }

  /** From here on it is the tests of another class. */
  void beginClass() {
    allPassed = true;
  }

  /** Whether every test of the class so far has passed. */
  boolean allPassed() {
    return allPassed;
  }

  @Override
  public void executionStarted(TestIdentifier identifier) {
    if (isMethod(identifier)) {
      uncaughtGap.set(null);
      String test = name(identifier);
      channel.divide(marker, test);
      channel.send(new Event.Started(test));
    }
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    channel.send(new Event.Skipped(name(identifier), reason));
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    allPassed &= result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    String test = name(identifier);
    Optional<Throwable> thrown = result.getThrowable();
    switch (result.getStatus()) {
      case ABORTED ->
          channel.send(new Event.Skipped(test, thrown.map(Throwable::getMessage).orElse("")));
      case FAILED -> failures.putIfAbsent(test, thrown(thrown.orElseThrow()));
      case SUCCESSFUL -> {}
    }
    Thrown failure = failures.get(test);
    if (failure != null && !isInvocation(identifier)) {
      channel.send(new Event.Failed(test, failure));
    } else if (isMethod(identifier)
        && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      channel.send(new Event.Passed(test));
    }
  }

  /** A gap that another thread fell into explains a failure better than the failure itself. */
  private Thrown thrown(Throwable thrown) {
    Thrown gap = uncaughtGap.get();
    return gap == null ? Thrown.of(thrown) : gap;
  }

  private static boolean isMethod(TestIdentifier identifier) {
    return switch (kind(identifier)) {
      case "method", "test-template", "test-factory" -> true;
      default -> false;
    };
  }

  private static boolean isInvocation(TestIdentifier identifier) {
    return switch (kind(identifier)) {
      case "test-template-invocation", "dynamic-test", "dynamic-container" -> true;
      default -> false;
    };
  }

  private static String kind(TestIdentifier identifier) {
    UniqueId.Segment last = identifier.getUniqueIdObject().getLastSegment();
    return last.getType();
  }

  private static String name(TestIdentifier identifier) {
    TestSource source = identifier.getSource().orElse(null);
    return switch (source) {
      case MethodSource method -> method.getClassName() + "#" + method.getMethodName();
      case ClassSource type -> type.getClassName();
      case null, default -> "";
    };
  }
}
