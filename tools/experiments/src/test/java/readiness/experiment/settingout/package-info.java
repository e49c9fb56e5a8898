@NullMarked
package readiness.experiment.settingout;

import org.jspecify.annotations.NullMarked;
