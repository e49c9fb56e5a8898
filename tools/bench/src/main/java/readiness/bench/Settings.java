package readiness.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured. {@code ready bench} has looked at all of it before.
 *
 * @param ours whose servers are looked at
 * @param peer what they are held against
 * @param rounds how often
 * @param seconds how long a measurement takes
 * @param connections how many are busy
 * @param depth how many requests are under way on a connection when they are pipelined
 * @param idle how many connections are idle beside the busy ones
 * @param json where the results go as well; null for nowhere
 * @param svg where the chart goes; null for nowhere
 */
record Settings(
    Contender ours,
    Contender peer,
    int rounds,
    double seconds,
    int connections,
    int depth,
    int idle,
    @Nullable Path json,
    @Nullable Path svg) {
  private static final double LONGEST_WARM_UP = 3;

  /** From words like {@code rounds=5}. */
  static Settings parse(String... words) {
    Map<String, String> given = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      given.put(word.substring(0, equals), word.substring(equals + 1));
    }
    String mine = given.get("mine");
    return new Settings(
        mine == null ? Contender.reference() : Contender.mine(Path.of(mine)),
        "reference".equals(given.get("against")) ? Contender.reference() : Contender.peer(),
        Integer.parseInt(given.getOrDefault("rounds", "1")),
        Double.parseDouble(given.getOrDefault("seconds", "1")),
        Integer.parseInt(given.getOrDefault("connections", "1")),
        Integer.parseInt(given.getOrDefault("depth", "1")),
        Integer.parseInt(given.getOrDefault("idle", "0")),
        path(given.get("json")),
        path(given.get("svg")));
  }

  private static @Nullable Path path(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }

  /** Seconds of the same load before each measurement: as long as it, within reason. */
  double warmUp() {
    return Math.min(seconds, LONGEST_WARM_UP);
  }
}
