package readiness.chart;

import java.util.Locale;

/** The book's colours, by the names that the theme has for them; the page decides what they are. */
public enum Colour {
  ACCENT("#0b6e99"),
  WARN("#b3541e"),
  GOOD("#2f7d4f"),
  VIOLET("#7a3e9d"),
  DOUBT("#7d5f00"),
  MUTED("#777"),
  INK("#222");

  private final String alone;

  Colour(String alone) {
    this.alone = alone;
  }

  /** As CSS has it, with what a file shows that is opened by itself. */
  String css() {
    return "var(--%s, %s)".formatted(name().toLowerCase(Locale.ROOT), alone);
  }
}
