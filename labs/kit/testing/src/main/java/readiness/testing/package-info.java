/** The tests' side of the kit: steps, seeds, findings that read as a story, and meters. */
@NullMarked
package readiness.testing;

import org.jspecify.annotations.NullMarked;
