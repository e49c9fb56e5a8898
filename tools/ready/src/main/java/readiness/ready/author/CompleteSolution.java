package readiness.ready.author;

import java.util.List;
import java.util.Optional;
import readiness.course.Mistake;
import readiness.course.Source;

/** The sources of a chapter's solution as mistakes change them: without tags. */
record CompleteSolution(List<Source> sources) implements Mistake.Solution {
  @Override
  public Optional<String> text(String source) {
    return sources.stream()
        .filter(each -> each.name().equals(source))
        .map(Source::complete)
        .findFirst();
  }
}
