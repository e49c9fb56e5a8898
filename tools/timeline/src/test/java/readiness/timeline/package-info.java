@NullMarked
package readiness.timeline;

import org.jspecify.annotations.NullMarked;
