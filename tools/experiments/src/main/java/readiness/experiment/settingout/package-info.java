/** Experiments of chapter 0: what a call into the kernel costs, and what a collector collects. */
@NullMarked
package readiness.experiment.settingout;

import org.jspecify.annotations.NullMarked;
