/** The commands of a reader, called as they are packaged. */
@NullMarked
package readiness.acceptance;

import org.jspecify.annotations.NullMarked;
