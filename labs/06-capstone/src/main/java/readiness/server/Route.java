package readiness.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * A pattern of paths, segment by segment: {@code /users/{user}/followers} is all paths of three
 * segments whose first is {@code users} and whose last is {@code followers}.
 *
 * <p>Immutable.
 */
public final class Route implements Comparable<Route> {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z][a-z0-9]*)}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]*");

  /** One segment of a pattern: a text, or a parameter's name in braces. */
  private record Segment(String text, boolean isParameter) {
    static Segment of(String text) {
      var parameter = PARAMETER.matcher(text);
      if (parameter.matches()) {
        return new Segment(parameter.group(1), true);
      }
      if (!LITERAL.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "segment '%s' of a path: neither letters nor {name}".formatted(text));
      }
      return new Segment(text, false);
    }
  }

  private final String pattern;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param pattern begins with a slash
   * @throws IllegalArgumentException if a segment is neither a plain text nor {@code {name}}
   */
  Route(String pattern) {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("path '%s': no slash at its beginning".formatted(pattern));
    }
    this.pattern = pattern;
    for (String each : pattern.substring(1).split("/", -1)) {
      segments.add(Segment.of(each));
    }
  }

  /**
   * The segments of a path, each decoded by itself: a slash that was written {@code %2F} is part of
   * a segment and does not end it.
   *
   * @param path as it was sent
   * @return one for each slash, empty ones too; null if the path begins with no slash, or {@link
   *     Percent#decode} refuses a segment
   */
  static @Nullable List<String> split(String path) {
    throw new NotYet("routing");
  }

  /**
   * Whether a path is one of these.
   *
   * @param path its segments, decoded
   * @return the parameters' values in the order in which they stand; null if it is not. An empty
   *     segment is no parameter's value.
   */
  @Nullable List<String> match(List<String> path) {
    throw new NotYet("routing");
  }

  /** The place of a parameter among those of {@link #match}; -1 if there is none of that name. */
  int place(String name) {
    int place = 0;
    for (Segment each : segments) {
      if (each.isParameter()) {
        if (each.text().equals(name)) {
          return place;
        }
        place++;
      }
    }
    return -1;
  }

  /**
   * Which of two is asked first, when both match a path: the one that has a text where the other
   * has a parameter, at the first segment in which they differ so. So {@code /users/new} is asked
   * before {@code /users/{user}}, whichever was added first.
   */
  @Override
  public int compareTo(Route other) {
    throw new NotYet("routing");
  }

  @Override
  public String toString() {
    return pattern;
  }
}
