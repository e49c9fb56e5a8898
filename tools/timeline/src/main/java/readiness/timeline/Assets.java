package readiness.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts beside these classes. */
final class Assets {
  private Assets() {}

  static String text(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** The colours and letters of the book: the first block of its style sheet. */
  static String theme() {
    String css = text("book.css");
    int begin = css.indexOf(":root {");
    return css.substring(begin, css.indexOf('}', begin) + 1);
  }
}
