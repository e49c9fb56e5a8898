package readiness.book;

import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Step;

/**
 * A piece in its place in the book.
 *
 * @param chapter what it belongs to; null for the start page
 * @param step the step that it is the section of, if it is one
 */
record Passage(Piece piece, @Nullable Chapter chapter, @Nullable Step step) {
  String id() {
    return piece.id();
  }

  String title() {
    return piece.title();
  }

  Place place() {
    return piece.place();
  }

  boolean isStart() {
    return chapter == null;
  }

  boolean opensChapter() {
    return chapter != null && id().equals(chapter.id());
  }

  /** Where its page lies in the book's folder. */
  String path() {
    if (chapter == null) return "index.html";
    return chapter.id() + "/" + (opensChapter() ? "index" : id()) + ".html";
  }

  /** What a reader sees before the title: {@code 3} or {@code 3.5}; empty if it has no number. */
  String number() {
    if (step != null) return step.number();
    return chapter != null && opensChapter() ? String.valueOf(chapter.number()) : "";
  }
}
