package readiness.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/**
 * Dates as HTTP writes them (RFC 9110, section 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT}. Read
 * are also the two forms of old: {@code Sunday, 06-Nov-94 08:49:37 GMT} and asctime's {@code Sun
 * Nov 6 08:49:37 1994}.
 */
final class HttpDate {
  /** What {@link #seconds} makes of a text that is no date. */
  static final long NONE = Long.MIN_VALUE;

  private static final DateTimeFormatter PREFERRED =
      strict(format("EEE, dd MMM uuuu HH:mm:ss 'GMT'"));

  /** The forms to be read; the year of the second has two digits. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(
          PREFERRED,
          strict(
              format("EEEE, dd-MMM-")
                  .appendValueReduced(ChronoField.YEAR, 2, 2, oldest())
                  .appendPattern(" HH:mm:ss 'GMT'")),
          strict(format("EEE MMM ppd HH:mm:ss uuuu")));

  private HttpDate() {}

  private static DateTimeFormatterBuilder format(String pattern) {
    return new DateTimeFormatterBuilder().appendPattern(pattern);
  }

  /** English names whatever the default locale is, and no 30 February. */
  private static DateTimeFormatter strict(DateTimeFormatterBuilder form) {
    return form.toFormatter(Locale.US)
        .withZone(ZoneOffset.UTC)
        .withResolverStyle(ResolverStyle.STRICT);
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
   * @return seconds since 1970, or {@link #NONE} if the text is no date
   */
  static long seconds(String text) {
    for (DateTimeFormatter each : FORMS) {
      try {
        return each.parse(text, Instant::from).getEpochSecond();
      } catch (DateTimeException e) {
        // Perhaps one of the other forms.
      }
    }
    return NONE;
  }
}
