package readiness.course;

/**
 * Where in a file a listing stands, in the words of its captions.
 *
 * @param file the file's name without folders, such as {@code EventLoop.java}
 * @param kind what the listing stands in
 * @param name the method's name, with its class before it where that is nested ({@code
 *     Inner.turn}); for members, the class's name
 */
public record Place(String file, Kind kind, String name) {
  /** What a listing can stand in. */
  public enum Kind {
    METHOD(""),
    CONSTRUCTOR("the constructor of "),
    INITIALIZER("the initializer of "),
    CLASS("class "),
    RECORD("record "),
    INTERFACE("interface "),
    ENUM("enum ");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** As AsciiDoc, for instance {@code EventLoop.java, in `turn`}. */
  public String caption() {
    return file + ", in " + kind.words + "`" + name + "`";
  }

  /** As plain text, for instance {@code EventLoop.java, in turn}. */
  @Override
  public String toString() {
    return caption().replace("`", "");
  }
}
