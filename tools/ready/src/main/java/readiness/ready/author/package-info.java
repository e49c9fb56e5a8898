/**
 * What the workbook's writers run: starters from the solution, checkpoints and mistakes against the
 * tests, and whether the parts of each step stand and agree.
 */
@NullMarked
package readiness.ready.author;

import org.jspecify.annotations.NullMarked;
