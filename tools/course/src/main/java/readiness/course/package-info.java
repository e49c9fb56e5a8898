/**
 * The course as data: its table of contents, and for each step where the solution's regions, the
 * tests, the mistakes, the hints and the text are. Reads only; nothing here writes a file.
 */
@NullMarked
package readiness.course;

import org.jspecify.annotations.NullMarked;
