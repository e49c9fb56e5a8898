package readiness.book;

import java.io.IOException;
import java.util.List;

/** What a line {@code name::target[text]} of a chapter stands for. */
interface Expansion {
  /** What is to be brought in is not there or makes no sense; the message says what and why. */
  final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String message) {
      super(message);
    }
  }

  /**
   * The AsciiDoc that takes the line's place. It is AsciiDoc and not HTML, so that what is brought
   * in is highlighted, linked and checked like what was written by hand.
   *
   * @param target what stands before the bracket
   * @param text what stands in the bracket
   * @param place where the line stands
   */
  List<String> lines(String target, String text, Place place) throws Missing, IOException;
}
