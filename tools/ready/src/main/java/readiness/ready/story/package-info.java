/**
 * The stories of {@code ready trace}: what clients do to an echo server while its system calls are
 * recorded.
 *
 * <p>These sources are compiled twice: with the tool, so that a loop they no longer fit breaks the
 * build, and by the tool, together with a reader's code, so that it is the reader's loop that runs.
 */
@NullMarked
package readiness.ready.story;

import org.jspecify.annotations.NullMarked;
