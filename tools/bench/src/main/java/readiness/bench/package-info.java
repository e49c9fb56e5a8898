/**
 * Measures the workbook's servers beside a named peer: the same work, in the same run, taking
 * turns.
 *
 * <p>{@link readiness.bench.Bench} is the program. Each server runs in a JVM of its own and the
 * load comes from another one, so that what a server costs can be read from its process. The
 * measure is processor time per request, because a rate says as much about the client and the
 * machine's other guests as about the server.
 */
@NullMarked
package readiness.bench;

import org.jspecify.annotations.NullMarked;
