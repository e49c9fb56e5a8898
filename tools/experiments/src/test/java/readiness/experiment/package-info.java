@NullMarked
package readiness.experiment;

import org.jspecify.annotations.NullMarked;
