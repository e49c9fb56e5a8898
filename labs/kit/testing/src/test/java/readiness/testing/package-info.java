@NullMarked
package readiness.testing;

import org.jspecify.annotations.NullMarked;
