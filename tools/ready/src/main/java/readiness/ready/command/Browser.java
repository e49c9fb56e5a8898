package readiness.ready.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of whoever sits at this machine, if somebody does. */
final class Browser {
  private static final String PROGRAM = "xdg-open";

  private Browser() {}

  /** Opens the file there; does nothing where there is no display. */
  static void open(Path file) throws IOException {
    boolean display =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .map(System::getenv)
            .anyMatch(value -> value != null && !value.isEmpty());
    Optional<Path> program = display ? program() : Optional.empty();
    if (program.isPresent()) {
      new ProcessBuilder(program.get().toString(), file.toUri().toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  private static Optional<Path> program() {
    String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, PROGRAM))
            .filter(Files::isExecutable)
            .findFirst();
  }
}
