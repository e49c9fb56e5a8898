package readiness.serialization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows of themselves: a field of every kind that {@link Person} has not.
 *
 * <pre>
 *   message Profile {
 *     Person person = 1;                  // a message in a message
 *     optional string nickname = 2;       // absent is something else than empty
 *     Visibility visibility = 3;
 *     repeated sint32 scores = 4;         // packed, as all repeated numbers of proto3
 *     map&lt;string, int64> counters = 5;
 *     oneof contact {
 *       string phone = 6;
 *       fixed64 station = 7;
 *     }
 *   }
 * </pre>
 *
 * @param person absent if null
 * @param nickname absent if null
 * @param visibility any, also one without a name
 * @param scores in order
 * @param counters in the order in which they are written; equal to another with the same ones
 * @param contact one of two, or none if null
 * @param unknown fields of a newer schema
 */
public record Profile(
    @Nullable Person person,
    @Nullable String nickname,
    Visibility visibility,
    List<Integer> scores,
    Map<String, Long> counters,
    @Nullable Contact contact,
    UnknownFields unknown) {

  /** Copies the list and the map. */
  public Profile {
    scores = List.copyOf(scores);
    // Map.copyOf would lose the order.
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }

  /** How to reach somebody. */
  public sealed interface Contact {}

  /** By phone. */
  public record Phone(String number) implements Contact {}

  /** By radio. */
  public record Station(long frequency) implements Contact {}
}
