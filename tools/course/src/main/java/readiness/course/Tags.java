package readiness.course;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the tags in a source and makes regions of them. */
final class Tags {
  private static final Pattern TAG = Pattern.compile("\\s*// (tag|end)::([a-z0-9-]+)\\[]\\s*");

  /** What somebody meant to be a tag. */
  private static final Pattern NEARLY = Pattern.compile("\\s*//\\s*(tag|end)\\s*:.*");

  /** The formatter puts the space there. */
  private static final Pattern STAND_IN = Pattern.compile("\\s*// ?>.*");

  private final Path file;
  private final List<String> lines;
  private final Lines at;
  private final Outline outline;
  private final Set<String> steps;
  private final List<Region> regions = new ArrayList<>();

  Tags(Path file, List<String> lines, Outline outline, Set<String> steps) {
    this.file = file;
    this.lines = lines;
    this.at = new Lines(lines);
    this.outline = outline;
    this.steps = steps;
    String open = null;
    int opens = 0;
    for (int line = 1; line <= lines.size(); line++) {
      Matcher tag = TAG.matcher(lines.get(line - 1));
      if (tag.matches()) {
        String step = tag.group(2);
        if (tag.group(1).equals("tag")) {
          opened(step, line, open, opens);
          open = step;
          opens = line;
        } else {
          closed(step, line, open);
          regions.add(region(step, opens, line));
          open = null;
        }
      } else {
        refuse(line, open, opens);
      }
    }
    if (open != null) {
      throw problem(opens, "tag::%s[] is never closed", open);
    }
  }

  List<Region> regions() {
    return List.copyOf(regions);
  }

  static boolean isTag(String line) {
    return TAG.matcher(line).matches();
  }

  static boolean isStandIn(String line) {
    return STAND_IN.matcher(line).matches();
  }

  private void opened(String step, int line, @Nullable String open, int opens) {
    if (open != null) {
      throw problem(
          line,
          "tag::%s[] opens within tag::%s[] of line %d: regions do not nest",
          step,
          open,
          opens);
    }
    if (!steps.contains(step)) {
      throw problem(
          line,
          "tag::%s[]: no such step in this chapter; it has %s",
          step,
          String.join(", ", new TreeSet<>(steps)));
    }
  }

  private void closed(String step, int line, @Nullable String open) {
    if (open == null) {
      throw problem(line, "end::%s[] closes what nothing opened", step);
    }
    if (!step.equals(open)) {
      throw problem(line, "end::%s[] stands where tag::%s[] is open", step, open);
    }
  }

  private void refuse(int line, @Nullable String open, int opens) {
    String text = lines.get(line - 1);
    if (NEARLY.matcher(text).matches()) {
      throw problem(line, "a tag is written '// tag::<step>[]' or '// end::<step>[]', alone");
    }
    if (isStandIn(text) && (open == null || !allStandIns(opens + 1, line))) {
      throw problem(line, "'// >' lines stand at the beginning of a region only");
    }
  }

  private boolean allStandIns(int from, int to) {
    return lines.subList(from - 1, to).stream().allMatch(Tags::isStandIn);
  }

  private Region region(String step, int opens, int closes) {
    int first = opens + 1;
    while (isStandIn(lines.get(first - 1))) {
      first++;
    }
    Outline.Body body = checked(step, opens, closes);
    List<String> given = lines.subList(opens, first - 1);
    Region.StandIn standIn;
    if (!given.isEmpty()) {
      standIn = new Region.Given(standInCode(given));
    } else if (body.isClass()) {
      standIn = new Region.Nothing();
    } else {
      standIn = new Region.Throws();
    }
    String code = Lines.dedented(lines.subList(first - 1, closes - 1));
    return new Region(step, new Listing(body.place(), first, code), standIn, opens, closes);
  }

  /** What follows the marks, with its own indentation. */
  private static String standInCode(List<String> given) {
    return Lines.dedented(given.stream().map(line -> line.replaceFirst("\\s*// ?>", "")).toList());
  }

  /** What the region is the body or a part of the members of. */
  private Outline.Body checked(String step, int opens, int closes) {
    int start = at.start(opens);
    int end = at.start(closes + 1);
    Outline.Body body = outline.around(start, end - 1);
    if (body == null) {
      throw problem(opens, "the region of %s stands outside of any class", step);
    }
    List<Outline.Part> parts = body.parts();
    if (parts.stream().noneMatch(part -> part.within(start, end))) {
      throw problem(
          opens,
          "the region of %s holds no whole %s",
          step,
          body.isClass() ? "member" : "statement");
    }
    for (Outline.Part part : parts) {
      if (body.isClass()
          ? !part.within(start, end) && !part.apart(start, end)
          : !part.within(start, end)) {
        throw problem(
            opens,
            "the region of %s is neither a whole method body nor whole members: line %d is %s",
            step,
            at.line(part.from()),
            body.isClass() ? "cut in two" : "in " + body.place().name() + " too");
      }
    }
    if (body.isClass()) {
      refuseTornJavadoc(step, opens, closes);
    }
    return body;
  }

  /** Javadoc and the member that it belongs to stand on the same side of a tag. */
  private void refuseTornJavadoc(String step, int opens, int closes) {
    if (endsComment(opens - 1)) {
      throw problem(opens, "the region of %s begins between a comment and its member", step);
    }
    if (endsComment(closes - 1)) {
      throw problem(closes, "the region of %s ends between a comment and its member", step);
    }
  }

  private boolean endsComment(int line) {
    int last = line;
    while (last > 0 && lines.get(last - 1).isBlank()) {
      last--;
    }
    return last > 0 && lines.get(last - 1).strip().endsWith("*/");
  }

  private Malformed problem(int line, String message, Object... arguments) {
    return new Malformed(file, line, message.formatted(arguments));
  }
}
