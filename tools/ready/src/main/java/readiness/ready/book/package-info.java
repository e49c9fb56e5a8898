/** The book: how it is made, where it is, and where it is served. */
@NullMarked
package readiness.ready.book;

import org.jspecify.annotations.NullMarked;
