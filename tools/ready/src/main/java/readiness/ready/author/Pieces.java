package readiness.ready.author;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import readiness.course.Chapter;
import readiness.course.Course;

/** The solved pieces that a chapter's code stands on: all for the capstone, none for a piece. */
final class Pieces {
  private Pieces() {}

  /** Jars or folders of classes, as this tool itself was started with them. */
  static List<Path> of(Course course, Chapter chapter) {
    if (!chapter.id().endsWith("-capstone")) {
      return List.of();
    }
    return course.chapters().stream()
        .filter(other -> !other.equals(chapter) && !other.steps().isEmpty())
        .map(other -> home(other.steps().getFirst().files().getFirst()))
        .toList();
  }

  private static Path home(String source) {
    String name = source.replaceFirst("\\.java$", ".class");
    URL url = Pieces.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IllegalStateException("the tool's class path lacks the solution with " + name);
    }
    try {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return Path.of(jar.getJarFileURL().toURI());
      }
      String text = url.toString();
      return Path.of(new URI(text.substring(0, text.length() - name.length())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + url, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + url + " is", e);
    }
  }
}
