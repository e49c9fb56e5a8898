package readiness.book;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.TreeMap;

/**
 * One file of the text, converted: the pieces that stand in it, and in between the names of further
 * files.
 *
 * @param inputs what it was made from, see {@link Inputs}
 */
record Sheet(ArrayList<Entry> entries, TreeMap<String, String> inputs) implements Serializable {
  /** What stands in a file: a text, or another file. */
  sealed interface Entry extends Serializable permits Piece, Part {
    /** What the book calls it; empty if only the other file says that. */
    String id();
  }

  /**
   * Another file, which the file includes as a whole.
   *
   * @param id the name that the includer gives it; empty if none
   * @param file its path from the root
   */
  record Part(String id, String file) implements Entry {}

  /** What a file is to the book; that decides how its headings count. */
  enum Kind {
    /** {@code book.adoc}: the start page, and chapters. */
    MASTER,
    /** A {@code chapter.adoc}: its opening, sections, and further files with sections. */
    CHAPTER,
    /** A file with one section. */
    SECTION
  }
}
