/**
 * Chapter 5's codecs beside the libraries whose formats they speak.
 *
 * <p>{@link readiness.bench.serialization.Contest} is the measurement. What takes part is a {@link
 * readiness.bench.serialization.Side}; JMH measures one side after the other, in JVMs that are
 * started for it by {@link readiness.bench.serialization.Fork}.
 */
@NullMarked
package readiness.bench.serialization;

import org.jspecify.annotations.NullMarked;
