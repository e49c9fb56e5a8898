/** What holds for the repository as a whole, whatever a reader has written in the labs. */
@NullMarked
package readiness.repository;

import org.jspecify.annotations.NullMarked;
