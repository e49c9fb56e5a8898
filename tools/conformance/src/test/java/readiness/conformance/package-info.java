/** Holds the simulated kernel against the real one: the same scenarios on both, all compared. */
@NullMarked
package readiness.conformance;

import org.jspecify.annotations.NullMarked;
