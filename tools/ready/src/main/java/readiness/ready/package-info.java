/** {@code ready}, the command line that readers work with. */
@NullMarked
package readiness.ready;

import org.jspecify.annotations.NullMarked;
