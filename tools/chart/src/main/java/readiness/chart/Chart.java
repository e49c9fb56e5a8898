package readiness.chart;

/** A chart, as a file that the book takes as a figure. */
public sealed interface Chart permits BarChart, LineChart {
  /** The whole file. */
  String svg();
}
