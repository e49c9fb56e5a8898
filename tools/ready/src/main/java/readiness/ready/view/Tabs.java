package readiness.ready.view;

/** The compiler counts columns with tab stops every eight; so must who draws a caret below. */
final class Tabs {
  private static final int STOP = 8;

  private Tabs() {}

  static String expanded(String line) {
    StringBuilder expanded = new StringBuilder();
    for (char c : line.toCharArray()) {
      if (c == '\t') {
        expanded.repeat(' ', STOP - expanded.length() % STOP);
      } else {
        expanded.append(c);
      }
    }
    return expanded.toString();
  }
}
