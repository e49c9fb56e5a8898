package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One stack frame of the code under test or of its tests.
 *
 * @param type the class's full name
 * @param method the method's name
 * @param file the source's name without folders; empty if unknown
 * @param line counted from 1; 0 or less if unknown
 */
public record StackFrame(String type, String method, String file, int line) {

  private static volatile Set<String> chapter = Set.of();

  /** Says which classes are code of the chapter. */
  static void setChapter(Set<String> names) {
    chapter = names;
  }

  /** The frames that are code of the chapter, innermost first. */
  static List<StackFrame> of(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> chapter.contains(frame.getClassName()))
        .limit(64)
        .map(StackFrame::of)
        .toList();
  }

  private static StackFrame of(StackTraceElement frame) {
    String file = frame.getFileName();
    return new StackFrame(
        frame.getClassName(),
        frame.getMethodName(),
        file == null ? "" : file,
        frame.getLineNumber());
  }

  static void write(List<StackFrame> calls, DataOutputStream to) throws IOException {
    to.writeInt(calls.size());
    for (StackFrame call : calls) {
      Text.write(call.type, to);
      Text.write(call.method, to);
      Text.write(call.file, to);
      to.writeInt(call.line);
    }
  }

  static List<StackFrame> read(DataInputStream from) throws IOException {
    StackFrame[] calls = new StackFrame[from.readInt()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = new StackFrame(Text.read(from), Text.read(from), Text.read(from), from.readInt());
    }
    return List.of(calls);
  }
}
