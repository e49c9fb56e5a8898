package readiness.serialization;

import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

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
    throw new NotYet("negotiation");
  }

  /**
   * How much an offer is wanted: its weight before all, then how closely it was named.
   *
   * @return 0 if it is not wanted
   */
  private static int rank(MediaType offer, List<MediaRange> ranges) {
    throw new NotYet("negotiation");
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
    throw new NotYet("negotiation");
  }
}
