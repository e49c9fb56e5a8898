package readiness.book;

import java.util.List;
import java.util.TreeSet;

/**
 * What is wrong with the book, collected so that one build names everything.
 *
 * <p>A place is {@code chapters/03-epoll/echo.adoc:12}, as compilers write it and editors follow.
 */
final class Problems {
  private record Problem(String file, int line, String what) implements Comparable<Problem> {
    @Override
    public int compareTo(Problem other) {
      int byFile = file.compareTo(other.file);
      if (byFile != 0) return byFile;
      int byLine = Integer.compare(line, other.line);
      return byLine != 0 ? byLine : what.compareTo(other.what);
    }

    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line : "") + ": " + what;
    }
  }

  private final TreeSet<Problem> problems = new TreeSet<>();

  void add(Place place, String what) {
    problems.add(new Problem(place.file(), place.line(), what));
  }

  void addAll(Problems others) {
    problems.addAll(others.problems);
  }

  boolean none() {
    return problems.isEmpty();
  }

  /** One line each, in the order of files and lines. */
  List<String> lines() {
    return problems.stream().map(Problem::toString).toList();
  }
}
