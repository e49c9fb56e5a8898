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

  private HttpDate() {}

  private static DateTimeFormatterBuilder format(String pattern) {
    return new DateTimeFormatterBuilder().appendPattern(pattern);
  }

  /**
   * The older forms. A two-digit year that would lie more than 50 years ahead is one of the past.
   */
  private static List<DateTimeFormatter> forms() {
    int year = Instant.now().atOffset(ZoneOffset.UTC).getYear();
    DateTimeFormatterBuilder rfc850 =
        format("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, year - 49)
            .appendPattern(" HH:mm:ss 'GMT'");
    return List.of(
        PREFERRED,
        rfc850.toFormatter(Locale.US).withZone(ZoneOffset.UTC),
        format("EEE MMM ppd HH:mm:ss uuuu").toFormatter(Locale.US).withZone(ZoneOffset.UTC));
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
    for (DateTimeFormatter each : forms()) {
      try {
        return each.parse(text, Instant::from).getEpochSecond();
      } catch (DateTimeException e) {
        // Perhaps one of the other forms.
      }
    }
    return Long.MIN_VALUE;
  }
}
