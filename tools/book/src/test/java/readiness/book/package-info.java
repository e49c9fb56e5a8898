/** The generator, on a sample that shows every construct, on broken ones, and on the real book. */
@NullMarked
package readiness.book;

import org.jspecify.annotations.NullMarked;
