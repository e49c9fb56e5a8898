/** Makes the pages of the book from the chapters, and refuses to make a book with a hole in it. */
@NullMarked
package readiness.book;

import org.jspecify.annotations.NullMarked;
