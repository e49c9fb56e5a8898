package readiness.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of source files. */
final class Territory {
  private record Span(int first, int last) {}

  private final Map<String, List<Span>> spans = new HashMap<>();

  private Territory() {}

  /**
   * Reads what the tool hands over.
   *
   * @param text spans with spaces between them, such as {@code readiness/epoll/Token.java:10-24}
   */
  static Territory parse(String text) {
    Territory territory = new Territory();
    for (String each : text.strip().split("\\s+")) {
      String[] parts = each.split("[:-](?=[0-9]+)", 3);
      if (parts.length != 3) {
        throw new IllegalArgumentException("expected <file>:<first>-<last>, not '" + each + "'");
      }
      territory
          .spans
          .computeIfAbsent(parts[0], _ -> new ArrayList<>())
          .add(new Span(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
    return territory;
  }

  boolean has(String file, int line) {
    return spans.getOrDefault(file, List.of()).stream()
        .anyMatch(span -> span.first <= line && line <= span.last);
  }
}
