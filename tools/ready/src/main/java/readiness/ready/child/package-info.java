/**
 * What runs in the child JVM, beside the code under test: it takes compiled classes from a pipe,
 * runs their tests and reports on another pipe.
 */
@NullMarked
package readiness.ready.child;

import org.jspecify.annotations.NullMarked;
