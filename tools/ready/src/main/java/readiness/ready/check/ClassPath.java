package readiness.ready.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds what a child JVM needs where this JVM itself found it: in jars, or in Maven's folders. */
final class ClassPath {
  private ClassPath() {}

  /**
   * What classes compiled on this class path stand on: they are as good as new as long as it stays
   * the same. It tells the JDK, and of each jar and each file in a folder where it is, how long and
   * from when.
   */
  static String ground(List<Path> classPath) {
    StringJoiner ground = new StringJoiner("\n");
    ground.add(Runtime.version() + " " + System.getProperty("java.home"));
    for (Path each : classPath) {
      try (Stream<Path> files = Files.walk(each)) {
        for (Path file : files.sorted().toList()) {
          BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
          if (is.isRegularFile()) {
            ground.add(
                file + " " + is.size() + " " + is.lastModifiedTime().to(TimeUnit.NANOSECONDS));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + each + " on the class path", e);
      }
    }
    return ground.toString();
  }

  /**
   * The jar or folder that holds a class.
   *
   * @param type the class's name with slashes
   */
  static Path home(String type) {
    String name = type + ".class";
    URL url = ClassPath.class.getClassLoader().getResource(name);
    if (url == null) {
      throw new IllegalStateException("the tool's class path lacks " + type);
    }
    try {
      if (url.openConnection() instanceof JarURLConnection jar) {
        return Path.of(jar.getJarFileURL().toURI());
      }
      String text = url.toString();
      return Path.of(new URI(text.substring(0, text.length() - name.length())));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + url + " is", e);
    }
  }
}
