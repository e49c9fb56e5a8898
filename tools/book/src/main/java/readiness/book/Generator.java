package readiness.book;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asciidoctor.Asciidoctor;
import org.jruby.Ruby;
import org.jsoup.Jsoup;
import readiness.course.Workbook;

/** What makes the book, to tell one version of it from another. */
final class Generator {
  private Generator() {}

  /** Where its own classes come from: jars, or folders while it is tested. */
  static List<Path> own() {
    return List.of(origin(Main.class), origin(Workbook.class));
  }

  /** Changes with its own code, with the libraries' versions, and with the JDK. */
  static String version() throws IOException {
    StringBuilder version = new StringBuilder(Runtime.version().toString());
    for (Class<?> library : List.of(Asciidoctor.class, Ruby.class, Jsoup.class)) {
      version.append(' ').append(origin(library).getFileName());
    }
    for (Path own : own()) {
      try (Stream<Path> files = Files.walk(own)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
          version.append(' ').append(Inputs.digest(Files.readAllBytes(file)));
        }
      }
    }
    return Inputs.digest(version.toString());
  }

  /** The jar or folder that a class comes from. */
  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
