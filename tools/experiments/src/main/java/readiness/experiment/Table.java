package readiness.experiment;

import java.util.List;
import java.util.Map;
import readiness.chart.Value;

/**
 * What was measured: numbers in rows and columns.
 *
 * @param over the heading of the rows' labels
 * @param columns what was measured of each row
 * @param rows what was measured
 * @param notes what a reader should know of it, such as why a value is missing
 */
public record Table(String over, List<Column> columns, List<Row> rows, List<String> notes) {
  /**
   * A column.
   *
   * @param key its name in a file
   * @param heading with the unit
   */
  public record Column(String key, String heading) {}

  /**
   * A row.
   *
   * @param label what was measured
   * @param values by the columns' keys; one that is not there was not measured
   */
  public record Row(String label, Map<String, Value> values) {
    /** The middle of what was measured, which must have been. */
    public double at(String key) {
      Value value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException("'%s' of '%s' was not measured".formatted(key, label));
      }
      return value.middle();
    }

    /** Whether it was measured. */
    public boolean has(String key) {
      return values.containsKey(key);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** The row of that label, which must be there. */
  public Row row(String label) {
    return rows.stream()
        .filter(row -> row.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row '" + label + "'"));
  }
}
