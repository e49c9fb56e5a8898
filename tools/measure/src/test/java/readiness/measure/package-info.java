@NullMarked
package readiness.measure;

import org.jspecify.annotations.NullMarked;
