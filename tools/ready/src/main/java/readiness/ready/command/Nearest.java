package readiness.ready.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * A question that ends an error message.
   *
   * @return {@code Did you mean a or b?}, or an empty text if nothing is near
   */
  static String question(String typed, Stream<String> known) {
    List<String> near = near(typed, known);
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", "Did you mean ", "?"));
  }

  /** At most three, the nearest first. */
  static List<String> near(String typed, Stream<String> known) {
    String asked = typed.toLowerCase(Locale.ROOT);
    return known
        .distinct()
        .filter(
            each -> distance(asked, each) <= Math.max(2, asked.length() / 3) || isPart(asked, each))
        .sorted(Comparator.comparingInt(each -> distance(asked, each)))
        .limit(3)
        .toList();
  }

  private static boolean isPart(String asked, String known) {
    return asked.length() > 2 && (known.contains(asked) || asked.contains(known));
  }

  /** The edit distance of Levenshtein, two neighbours exchanged counting as one (Damerau). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
