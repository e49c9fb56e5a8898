package readiness.ready.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Code that was compiled for a program to run it.
 *
 * @param errors why there are no classes; empty if there are
 * @param gaps what is still to be written
 */
public record Build(List<CompileError> errors, List<Gap> gaps) {
  /**
   * Compiles code on the kit alone.
   *
   * @param folder where the classes go; what was in it before is deleted
   */
  public static Build into(Path folder, List<SourceText> main) throws IOException {
    try (Compiler compiler = new Compiler()) {
      Compilation compiled = compiler.compile(main, List.of(), TestJvm.find().classPath());
      delete(folder);
      for (Map.Entry<String, byte[]> each : compiled.classes().entrySet()) {
        Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, each.getValue());
      }
      return new Build(compiled.errors(), compiled.gaps());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
