package readiness.chart;

/** A chart, as a file that the book takes as a figure. */
public sealed interface Chart permits BarChart, ByteChart, LineChart {
  /** The whole file. */
  String svg();
}
