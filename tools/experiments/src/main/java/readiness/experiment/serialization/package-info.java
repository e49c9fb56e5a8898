/** Chapter 5's experiments: what formats cost, in bytes and in time. */
@NullMarked
package readiness.experiment.serialization;

import org.jspecify.annotations.NullMarked;
