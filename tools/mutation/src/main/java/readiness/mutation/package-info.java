/** What the workbook adds to PIT: mutants of chosen lines alone. */
@NullMarked
package readiness.mutation;

import org.jspecify.annotations.NullMarked;
