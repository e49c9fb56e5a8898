@NullMarked
package readiness.dissect;

import org.jspecify.annotations.NullMarked;
