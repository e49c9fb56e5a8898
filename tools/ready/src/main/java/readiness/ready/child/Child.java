package readiness.ready.child;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests for the parent, once, and ends.
 *
 * <p>It warms up before it asks for work, since it is started while the parent still compiles, or
 * long before. Then it reads a {@link Job} from its standard input, and after that single bytes:
 * the parent's question where the threads stand. The end of the input is the end of the parent.
 */
public final class Child {
  /** The exit status that says: the channel of events was closed under us. */
  public static final int LOST_CHANNEL = 121;

  private static final int SAMPLES = 8;
  private static final int MILLIS_BETWEEN_SAMPLES = 15;

  private Child() {}

  /**
   * @param arguments the path of the descriptor for events
   */
  public static void main(String[] arguments) throws IOException {
    EventChannel channel = new EventChannel(arguments[0]);
    DataInputStream parent = new DataInputStream(new BufferedInputStream(standardInput()));
    System.setIn(InputStream.nullInputStream());
    Launcher launcher = launcher();
    launcher.execute(request(WarmUp.class, Set.of(WarmUp.TEST)), new TestExecutionListener() {});

    Job job = Job.read(parent);
    StackFrame.setChapter(job.classes().keySet());
    channel.send(new Event.Accepted());
    AtomicReference<@Nullable Thrown> uncaughtGap = new AtomicReference<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(thrown, uncaughtGap));
    Thread exit = new Thread(() -> channel.send(new Event.Exiting(whoExits())), "exit");
    Runtime.getRuntime().addShutdownHook(exit);
    Thread tests = new Thread(() -> run(launcher, job, channel, uncaughtGap), "tests");
    tests.start();

    for (int question; (question = parent.read()) >= 0; ) {
      if (question == Event.ASK_STACKS) {
        answerStacks(channel);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * The pipe from the parent, under a number of its own: a descriptor that was never opened is 0 in
   * Java, and code that closes it by mistake should fail its test and not cut our line.
   */
  private static InputStream standardInput() throws IOException {
    return new FileInputStream("/dev/fd/0");
  }

  private static void run(
      Launcher launcher,
      Job job,
      EventChannel channel,
      AtomicReference<@Nullable Thrown> uncaughtGap) {
    try {
      ClassLoader loader =
          job.onClassPath()
              ? Child.class.getClassLoader()
              : new ReaderLoader(job.classes(), pieces(job.pieces()));
      Thread.currentThread().setContextClassLoader(loader);
      job.properties().forEach(System::setProperty);
      SourceOrder.set(job.tests());
      Set<String> wanted = new HashSet<>(job.tests());
      TestReport report = new TestReport(channel, job.marker(), uncaughtGap);
      for (String name : job.testClasses()) {
        report.beginClass();
        launcher.execute(request(Class.forName(name, false, loader), wanted), report);
        boolean goesOn = name.equals(job.asked()) || report.allPassed();
        if (job.stopAtFailingClass() && !goesOn) {
          break;
        }
      }
    } catch (Throwable e) {
      for (String test : job.testClasses()) {
        channel.send(new Event.Failed(test, Thrown.of(e)));
      }
    }
    channel.divide(job.marker(), "");
    channel.send(new Event.Done());
    Runtime.getRuntime().halt(0);
  }

  /** Looking for engines and listeners on the class path would cost more than running a test. */
  private static Launcher launcher() {
    return LauncherFactory.create(
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build());
  }

  private static LauncherDiscoveryRequest request(Class<?> tests, Set<String> wanted) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectClass(tests))
        .filters(only(wanted))
        .configurationParameter(
            "junit.jupiter.testmethod.order.default", SourceOrder.class.getName())
        .build();
  }

  private static PostDiscoveryFilter only(Set<String> wanted) {
    return test ->
        FilterResult.includedIf(
            test.getSource().orElse(null) instanceof MethodSource method
                && wanted.contains(method.getClassName() + "#" + method.getMethodName()));
  }

  private static ClassLoader pieces(List<String> paths) throws IOException {
    ClassLoader own = Child.class.getClassLoader();
    if (paths.isEmpty()) {
      return own;
    }
    URL[] urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(paths.get(i)).toUri().toURL();
    }
    return new URLClassLoader("pieces", urls, own);
  }

  private static void uncaught(Throwable thrown, AtomicReference<@Nullable Thrown> gap) {
    Thrown taken = Thrown.of(thrown);
    if (taken.notYet() != null) {
      gap.compareAndSet(null, taken);
    } else {
      thrown.printStackTrace();
    }
  }

  private static List<StackFrame> whoExits() {
    for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
      for (StackTraceElement frame : stack) {
        if (frame.getClassName().equals("java.lang.Shutdown")) {
          return StackFrame.of(stack);
        }
      }
    }
    return List.of();
  }

  /** Several looks, since one cannot tell a loop from a place where the code waits. */
  private static void answerStacks(EventChannel channel) {
    Map<String, List<List<StackFrame>>> samples = new TreeMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      Thread.getAllStackTraces()
          .forEach((thread, stack) -> {
            List<StackFrame> calls = StackFrame.of(stack);
            if (!calls.isEmpty()) {
              samples.computeIfAbsent(thread.getName(), _ -> new ArrayList<>()).add(calls);
            }
          });
      try {
        Thread.sleep(MILLIS_BETWEEN_SAMPLES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    samples.forEach((thread, seen) -> channel.send(new Event.Stacks(thread, seen)));
    channel.send(new Event.StacksEnd());
  }
}
