@NullMarked
package readiness.kernel;

import org.jspecify.annotations.NullMarked;
