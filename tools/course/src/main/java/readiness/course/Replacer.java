package readiness.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the one place where a mistake's {@code old} stands and puts {@code new} there.
 *
 * <p>Whole lines are compared, without the indentation common to them; the new lines get that of
 * the place. An {@code old} of one line that is no whole line may be a part of one.
 */
final class Replacer {
  private final Path file;
  private final Mistake.Replacement replacement;

  Replacer(Path file, Mistake.Replacement replacement) {
    this.file = file;
    this.replacement = replacement;
  }

  String applied(String text) {
    List<String> lines = text.lines().toList();
    List<String> old =
        replacement.old().stripTrailing().lines().dropWhile(String::isBlank).toList();
    String wanted = Lines.dedented(old);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i + old.size() <= lines.size(); i++) {
      if (Lines.dedented(lines.subList(i, i + old.size())).equals(wanted)) {
        places.add(i);
      }
    }
    if (places.isEmpty() && old.size() == 1) {
      return withinALine(text, old.getFirst().strip());
    }
    if (places.size() != 1) {
      throw notOnce(places.size());
    }
    int place = places.getFirst();
    List<String> changed = new ArrayList<>(lines.subList(0, place));
    changed.addAll(indented(lines.get(place), old.getFirst()));
    changed.addAll(lines.subList(place + old.size(), lines.size()));
    return String.join("\n", changed) + "\n";
  }

  private List<String> indented(String firstThere, String firstOld) {
    List<String> fresh = replacement.replacement().stripTrailing().lines().toList();
    int own = Lines.common(fresh);
    // What the first line there has beyond its own place in `old` is common to all.
    int extra = Lines.common(replacement.old().lines().toList());
    String there = Lines.indent(firstThere);
    String indent = there.substring(0, there.length() - (Lines.indent(firstOld).length() - extra));
    return fresh.stream().map(line -> line.isBlank() ? "" : indent + line.substring(own)).toList();
  }

  private String withinALine(String text, String old) {
    int first = text.indexOf(old);
    if (first < 0) {
      throw notOnce(0);
    }
    int times = 1;
    for (int next = text.indexOf(old, first + 1); next >= 0; next = text.indexOf(old, next + 1)) {
      times++;
    }
    if (times > 1) {
      throw notOnce(times);
    }
    return text.substring(0, first)
        + replacement.replacement().strip()
        + text.substring(first + old.length());
  }

  private Malformed notOnce(int times) {
    return new Malformed(
        file,
        replacement.line(),
        "'old' matches %s in %s; it must match once"
            .formatted(times == 0 ? "nowhere" : times + " times", replacement.source()));
  }
}
