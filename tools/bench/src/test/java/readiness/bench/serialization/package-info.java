@NullMarked
package readiness.bench.serialization;

import org.jspecify.annotations.NullMarked;
