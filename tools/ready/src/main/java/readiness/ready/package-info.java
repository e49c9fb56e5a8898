/** {@code ready}, the command line that readers work with: what its rooms have in common. */
@NullMarked
package readiness.ready;

import org.jspecify.annotations.NullMarked;
