package readiness.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a JVM is started.
 *
 * @param classPath what it runs
 * @param flags options beyond those that all of them get
 * @param descriptors how many it may have open, hard limit included; 0 for as many as this process
 */
record Jvm(String classPath, List<String> flags, int descriptors) {
  /** The same for all that are compared. Netty says that it needs the second to be at its best. */
  static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-Xms256m",
          "-Xmx256m");

  /** On this JVM's own class path. */
  static Jvm own() {
    return on(System.getProperty("java.class.path"));
  }

  static Jvm on(String classPath) {
    return new Jvm(classPath, List.of(), 0);
  }

  Jvm with(String... more) {
    return new Jvm(classPath, List.of(more), descriptors);
  }

  Jvm limitedTo(int most) {
    return new Jvm(classPath, flags, most);
  }

  /** Starts it; {@code name} is what messages call it. */
  Child start(String name, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    if (descriptors > 0) {
      // Both limits: the JVM raises the soft one to the hard one.
      command.addAll(
          List.of("/bin/sh", "-c", "ulimit -n " + descriptors + " && exec \"$0\" \"$@\""));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      return new Child(name, new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }
}
