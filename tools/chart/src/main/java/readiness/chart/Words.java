package readiness.chart;

/**
 * What a chart says of itself to those who cannot see it.
 *
 * @param name the figure's file name without ending: {@code select-poll-epoll}
 * @param title what is shown, in a line
 * @param description what there is to be seen, in a sentence or two; the values follow by
 *     themselves
 */
public record Words(String name, String title, String description) {
  public Words {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not a figure's name: '" + name + "'");
    }
    if (title.isBlank() || description.isBlank()) {
      throw new IllegalArgumentException(name + ": a figure has to say what it shows");
    }
  }
}
