/**
 * Measures the workbook's servers beside a named peer: the same work, in the same run, taking
 * turns.
 *
 * <p>{@link readiness.bench.Bench} is the program. Each chapter has a {@link readiness.bench.Room}
 * in a package of its own; here is what they share. The measure is processor time, because a rate
 * says as much about the client and the machine's other guests as about who is measured.
 */
@NullMarked
package readiness.bench;

import org.jspecify.annotations.NullMarked;
