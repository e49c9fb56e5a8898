@NullMarked
package readiness.experiment.serialization;

import org.jspecify.annotations.NullMarked;
