package readiness.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/**
 * Dates as HTTP writes them (RFC 9110, section 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT}. Read
 * are also the two forms of old: {@code Sunday, 06-Nov-94 08:49:37 GMT} and asctime's {@code Sun
 * Nov 6 08:49:37 1994}.
 */
final class HttpDate {
  private static final DateTimeFormatter PREFERRED =
      format("EEE, dd MMM uuuu HH:mm:ss 'GMT'").toFormatter(Locale.US).withZone(ZoneOffset.UTC);

  /** The forms to be read; the year of the second has two digits. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          PREFERRED,
          format("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, oldest())
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          format("EEE MMM ppd HH:mm:ss uuuu").toFormatter(Locale.US).withZone(ZoneOffset.UTC));

  private HttpDate() {}

  private static DateTimeFormatterBuilder format(String pattern) {
    return new DateTimeFormatterBuilder().appendPattern(pattern);
  }

  /** Two digits that would lie more than 50 years ahead are a year of the past. */
  private static int oldest() {
    return Instant.now().atOffset(ZoneOffset.UTC).getYear() - 49;
  }

  /** The date as text, 29 characters; allocates. */
  static String text(long epochSecond) {
    return PREFERRED.format(Instant.ofEpochSecond(epochSecond));
  }

  /**
   * Reads a date in any of the three forms.
   *
   * @return seconds since 1970, or {@code Long.MIN_VALUE} if the text is no date
   */
  static long seconds(String text) {
    for (DateTimeFormatter each : FORMS) {
      try {
        return each.parse(text, Instant::from).getEpochSecond();
      } catch (DateTimeException e) {
        // Perhaps one of the other forms.
      }
    }
    return Long.MIN_VALUE;
  }
}
