package readiness.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a JVM is started.
 *
 * @param classPath what it runs
 * @param flags options, beside the leave to call what is not Java
 * @param descriptors how many it may have open, hard limit included; 0 for as many as this process
 */
public record Jvm(String classPath, List<String> flags, int descriptors) {
  /** On this JVM's own class path. */
  public static Jvm own() {
    return on(System.getProperty("java.class.path"));
  }

  /** On that class path. */
  public static Jvm on(String classPath) {
    return new Jvm(classPath, List.of(), 0);
  }

  /** With more flags. */
  public Jvm with(String... more) {
    return new Jvm(classPath, Stream.concat(flags.stream(), Stream.of(more)).toList(), descriptors);
  }

  /** With so few descriptors. */
  public Jvm limitedTo(int most) {
    return new Jvm(classPath, flags, most);
  }

  /** Starts it; {@code name} is what messages call it. */
  public Respondent start(String name, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    if (descriptors > 0) {
      // Both limits: the JVM raises the soft one to the hard one.
      command.addAll(
          List.of("/bin/sh", "-c", "ulimit -n " + descriptors + " && exec \"$0\" \"$@\""));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      return new Respondent(name, new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }
}
