@NullMarked
package readiness.bench;

import org.jspecify.annotations.NullMarked;
