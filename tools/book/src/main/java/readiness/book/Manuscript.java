package readiness.book;

import java.util.List;
import java.util.Map;
import org.asciidoctor.Asciidoctor;
import readiness.course.Workbook;

/**
 * The chapters, read as one document and taken apart into {@linkplain Passage passages}.
 *
 * <p>One document, because then a link from one chapter to another knows its title, and ids are
 * unique in the whole book.
 *
 * @param footnotes their text in HTML by their number in the document
 */
record Manuscript(List<Passage> passages, Map<String, String> footnotes) {
  /** Reads {@code chapters/book.adoc} and all that it includes. */
  static Manuscript read(
      Asciidoctor asciidoctor, Workbook workbook, Sources sources, Problems problems) {
    return new Reading(asciidoctor, workbook, sources, problems).read();
  }
}
