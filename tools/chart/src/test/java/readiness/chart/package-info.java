@NullMarked
package readiness.chart;

import org.jspecify.annotations.NullMarked;
