package readiness.experiment;

import readiness.chart.Chart;

/** A question that this machine can answer. */
public interface Experiment {
  /** What it asks. */
  Description description();

  /**
   * Finds out. Takes as long as the {@link Size} allows, and leaves nothing open.
   *
   * @param setting how much to do, and where to tell how far it is
   * @throws Exception if it cannot be done here, with the reason
   */
  Table measure(Setting setting) throws Exception;

  /** What the numbers say, whoever measured them. */
  Conclusion conclude(Table table);

  /** The numbers as a picture. */
  Chart chart(Table table);
}
