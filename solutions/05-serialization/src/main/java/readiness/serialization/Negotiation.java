package readiness.serialization;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which format a client gets, of those that there are, and which one it sends (RFC 9110, sections
 * 12.1, 12.5.1 and 8.3).
 *
 * <pre>
 *   Accept: application/*;q=0.5, application/json;q=0.2, *&#47;*;q=0.1
 *
 *                            the closest range      its weight
 *   application/json         application/json       0.2
 *   application/protobuf     application/*          0.5     ◀ the one that is sent
 *   text/plain               *&#47;*                    0.1
 * </pre>
 */
public final class Negotiation {
  private Negotiation() {}

  /**
   * Chooses a format for an answer. Of each offer, the weight of the range counts that means it
   * most closely, however the others weigh. The offer of the largest weight is chosen; of several,
   * the one that was named most closely; of those, the first.
   *
   * @param accept the value of the Accept field, several fields joined by commas; null if there is
   *     none. If no element of it is a media range, it says nothing
   * @param offers what there is, the preferred first, at least one
   * @return one of the offers; the first, if {@code accept} says nothing; null if all of them are
   *     unwanted, which is 406
   */
  public static @Nullable MediaType choose(@Nullable String accept, List<MediaType> offers) {
    // tag::negotiation[]
    List<MediaRange> ranges = accept == null ? List.of() : MediaRange.list(accept);
    if (ranges.isEmpty()) {
      return offers.getFirst();
    }
    MediaType best = null;
    int bestRank = 0;
    for (MediaType offer : offers) {
      int rank = rank(offer, ranges);
      if (rank > bestRank) {
        best = offer;
        bestRank = rank;
      }
    }
    return best;
    // end::negotiation[]
  }

  /**
   * How much an offer is wanted: its weight before all, then how closely it was named.
   *
   * @return 0 if it is not wanted
   */
  private static int rank(MediaType offer, List<MediaRange> ranges) {
    // tag::negotiation[]
    int closest = 0;
    int weight = 0;
    for (MediaRange range : ranges) {
      int closeness = range.closeness(offer);
      if (closeness > closest || closeness == closest && closest > 0 && range.weight() > weight) {
        closest = closeness;
        weight = range.weight();
      }
    }
    return weight == 0 ? 0 : 4 * weight + closest;
    // end::negotiation[]
  }

  /**
   * Finds the format of a body that was sent. Parameters say nothing here, but for a charset: it
   * may be UTF-8 and no other (RFC 8259, section 8.1, has none for JSON at all).
   *
   * @param contentType the value of the Content-Type field; null if there is none
   * @param known what can be read
   * @return one of them; null if it is none of them, or no media type: 415
   */
  public static @Nullable MediaType formatOf(@Nullable String contentType, List<MediaType> known) {
    // tag::negotiation[]
    if (contentType == null) {
      return null;
    }
    List<String> parts = MediaRange.split(contentType.toLowerCase(Locale.ROOT), ';');
    for (String parameter : parts.subList(1, parts.size())) {
      if (parameter.startsWith("charset=") && !MediaRange.isUtf8(parameter.substring(8))) {
        return null;
      }
    }
    for (MediaType each : known) {
      if (each.toString().equals(parts.getFirst())) {
        return each;
      }
    }
    return null;
    // end::negotiation[]
  }
}
