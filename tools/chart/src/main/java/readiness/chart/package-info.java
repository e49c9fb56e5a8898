/**
 * Charts of what was measured, as SVG files that fit the book: {@link readiness.chart.BarChart} and
 * {@link readiness.chart.LineChart}; and of bytes, {@link readiness.chart.ByteChart}.
 *
 * <p>A chart takes its colours from the page, shows ranges beside middles, labels its parts where
 * they are, and says in words all that it shows. Decision 8 tells why no library draws it.
 */
@NullMarked
package readiness.chart;

import org.jspecify.annotations.NullMarked;
