package readiness.ready.check;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Finds what a child JVM needs where this JVM itself found it: in jars, or in Maven's folders. */
final class ClassPath {
  private ClassPath() {}

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
