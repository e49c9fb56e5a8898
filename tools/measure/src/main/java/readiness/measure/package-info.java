/**
 * What experiments and benches share: JVMs that take part in a measurement, what the kernel knows
 * of them, and what the machine is.
 */
@NullMarked
package readiness.measure;

import org.jspecify.annotations.NullMarked;
