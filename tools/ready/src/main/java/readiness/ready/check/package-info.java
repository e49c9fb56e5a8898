/**
 * The engine behind {@code ready check}: compiles a chapter's code in memory and runs the tests of
 * its steps in a child JVM, so that whatever the code under test does (loop for ever, exit, crash
 * in native code, print what it likes), the caller gets a whole {@link
 * readiness.ready.check.Verdict}.
 *
 * <p>Begin at {@link readiness.ready.check.Checker}.
 */
@NullMarked
package readiness.ready.check;

import org.jspecify.annotations.NullMarked;
