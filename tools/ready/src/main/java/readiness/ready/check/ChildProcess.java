package readiness.ready.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import readiness.ready.child.Child;
import readiness.ready.child.Event;
import readiness.ready.child.Job;

/** A child JVM as its parent sees it: takes one job, sends events, can be asked and killed. */
final class ChildProcess implements AutoCloseable {
  /** What the queue holds behind the last event. */
  private record End() {}

  /**
   * The child's descriptor 3 leads to our pipe, and its descriptors 1 and 2 to another: so nothing
   * that the code under test prints, from Java or from C, gets between the events. Ctrl-C, which
   * goes to us all, is for us alone: a child that died of it first would look like a failing test.
   * It ends when we do.
   */
  private static final List<String> REDIRECT =
      List.of("/bin/sh", "-c", "trap '' INT; exec 3>&1 1>&2; exec \"$0\" \"$@\"");

  private static final String EVENTS = "/dev/fd/3";

  private static final int SECONDS_OF_TRAINING = 60;

  private final Process process;
  private final boolean training;
  private final String marker;
  private final TestOutput output;
  private final DataOutputStream job;
  private final LinkedBlockingQueue<Object> events = new LinkedBlockingQueue<>();

  private volatile boolean done;

  private ChildProcess(Process process, String marker, boolean training) {
    this.training = training;
    this.process = process;
    this.marker = marker;
    this.output = new TestOutput(marker);
    this.job = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    Thread.ofPlatform()
        .daemon()
        .name("child-output")
        .start(() -> output.readAll(process.getErrorStream()));
    Thread.ofPlatform().daemon().name("child-events").start(this::readEvents);
  }

  static ChildProcess start(TestJvm jvm) throws IOException {
    byte[] secret = new byte[12];
    new SecureRandom().nextBytes(secret);
    List<String> command = new ArrayList<>(REDIRECT);
    command.addAll(jvm.command());
    command.add(Child.class.getName());
    command.add(EVENTS);
    Process process = new ProcessBuilder(command).start();
    return new ChildProcess(
        process, "\u001E" + HexFormat.of().formatHex(secret) + " ", jvm.training());
  }

  private void readEvents() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      while (true) {
        Event event = Event.read(in);
        done |= event instanceof Event.Done;
        events.add(event);
      }
    } catch (IOException e) {
      events.add(new End());
    }
  }

  /** The marker for the job that this child takes. */
  String marker() {
    return marker;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void submit(Job work) {
    try {
      work.write(job);
    } catch (IOException e) {
      // It died before it took the job; the end of its events will say so.
    }
  }

  /**
   * The next event.
   *
   * @return null when the child is gone
   * @throws TimeoutException when none came in time
   */
  @Nullable Event next(Duration limit) throws InterruptedException, TimeoutException {
    Object next = events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    return switch (next) {
      case Event event -> event;
      case End end -> {
        events.add(end);
        yield null;
      }
      case null, default -> throw new TimeoutException();
    };
  }

  /** Asks where the threads stand; nothing comes of it if the child cannot answer. */
  List<Event.Stacks> stacks() throws InterruptedException {
    List<Event.Stacks> stacks = new ArrayList<>();
    try {
      job.writeByte(Event.ASK_STACKS);
      job.flush();
      while (true) {
        switch (next(Duration.ofSeconds(3))) {
          case Event.Stacks each -> stacks.add(each);
          case Event.StacksEnd _ -> {
            return stacks;
          }
          case null -> {
            return stacks;
          }
          default -> {}
        }
      }
    } catch (IOException | TimeoutException e) {
      return stacks;
    }
  }

  /** How the process ended; killed if it does not end by itself. */
  int exitStatus() throws InterruptedException {
    // A crash writes its report first, which takes a moment.
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
    }
    return process.waitFor();
  }

  /** The JVM's report of a crash, if it wrote one; taken away from the disk. */
  String crashReport() {
    Path report = TestJvm.crashReport(process.pid());
    try {
      String text = Files.readString(report);
      Files.delete(report);
      return text;
    } catch (IOException e) {
      return "";
    }
  }

  /** What was printed during the test, without what the JVM prints when it crashes. */
  String output(String test) {
    String text = output.of(test);
    int crash = text.indexOf("#\n# A fatal error has been detected");
    return crash < 0 ? text : text.substring(0, crash).strip();
  }

  void awaitOutput() throws InterruptedException {
    output.await();
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Ends the child. One that has done its job ends by itself, after it has written its cache. */
  @Override
  public void close() {
    try {
      if (!done) {
        kill();
      } else if (training && !process.waitFor(SECONDS_OF_TRAINING, TimeUnit.SECONDS)) {
        kill();
      }
      job.close();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The pipe is broken because the child is gone, which is what is wanted.
    }
  }
}
