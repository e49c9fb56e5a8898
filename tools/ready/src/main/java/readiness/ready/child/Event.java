package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the child reports. A test is named as {@code class#method}. */
public sealed interface Event {

  /** The job has been read; from here on, whatever happens is the doing of the code under test. */
  record Accepted() implements Event {}

  /** A test begins. */
  record Started(String test) implements Event {}

  /** A test has passed, with all its invocations. */
  record Passed(String test) implements Event {}

  /** A test has failed; or, where a class's name stands alone, all tests of that class. */
  record Failed(String test, Thrown thrown) implements Event {}

  /** A test, or all of a class, did not run. */
  record Skipped(String test, String reason) implements Event {}

  /** Somebody called {@code System.exit}; the stack says who. */
  record Exiting(List<StackFrame> stack) implements Event {}

  /** Where a thread stood at several moments; the answer to {@link #ASK_STACKS}. */
  record Stacks(String thread, List<List<StackFrame>> samples) implements Event {}

  /** All threads' {@link Stacks} have been sent. */
  record StacksEnd() implements Event {}

  /** All tests have ended. */
  record Done() implements Event {}

  /** The byte by which the parent asks where the threads stand. */
  int ASK_STACKS = 'S';

  default void write(DataOutputStream to) throws IOException {
    switch (this) {
      case Accepted() -> to.writeByte(0);
      case Started(String test) -> {
        to.writeByte(1);
        Text.write(test, to);
      }
      case Passed(String test) -> {
        to.writeByte(2);
        Text.write(test, to);
      }
      case Failed(String test, Thrown thrown) -> {
        to.writeByte(3);
        Text.write(test, to);
        thrown.write(to);
      }
      case Skipped(String test, String reason) -> {
        to.writeByte(4);
        Text.write(test, to);
        Text.write(reason, to);
      }
      case Exiting(List<StackFrame> stack) -> {
        to.writeByte(5);
        StackFrame.write(stack, to);
      }
      case Stacks(String thread, List<List<StackFrame>> samples) -> {
        to.writeByte(6);
        Text.write(thread, to);
        to.writeInt(samples.size());
        for (List<StackFrame> sample : samples) {
          StackFrame.write(sample, to);
        }
      }
      case StacksEnd() -> to.writeByte(7);
      case Done() -> to.writeByte(8);
    }
    to.flush();
  }

  /**
   * Reads the next event.
   *
   * @throws java.io.EOFException when the child is gone
   */
  static Event read(DataInputStream from) throws IOException {
    int kind = from.readByte();
    return switch (kind) {
      case 0 -> new Accepted();
      case 1 -> new Started(Text.read(from));
      case 2 -> new Passed(Text.read(from));
      case 3 -> new Failed(Text.read(from), Thrown.read(from));
      case 4 -> new Skipped(Text.read(from), Text.read(from));
      case 5 -> new Exiting(StackFrame.read(from));
      case 6 -> {
        String thread = Text.read(from);
        List<List<StackFrame>> samples = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
          samples.add(StackFrame.read(from));
        }
        yield new Stacks(thread, samples);
      }
      case 7 -> new StacksEnd();
      case 8 -> new Done();
      default -> throw new IOException("an unknown kind of event: " + kind);
    };
  }
}
