/**
 * The book's experiments: questions with a prediction, a measurement on this machine, and a verdict
 * that is computed from what was measured.
 *
 * <p>An {@link readiness.experiment.Experiment} measures a {@link readiness.experiment.Table} of
 * numbers. All that is said and drawn of it is a function of that table, so that a table that was
 * kept gives the same words and the same chart again. {@link
 * readiness.experiment.ExperimentProgram} runs one in a JVM of its own; {@code ready experiment}
 * starts that and shows what it found.
 *
 * <p>Everything is real: this machine's kernel, its loopback interface, sockets that are closed at
 * the end. Descriptors, connections and seconds are bounded.
 */
@NullMarked
package readiness.experiment;

import org.jspecify.annotations.NullMarked;
