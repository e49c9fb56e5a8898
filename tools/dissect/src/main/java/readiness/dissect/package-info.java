/**
 * Bytes and what they are, without a schema: {@link readiness.dissect.Format#dissect} takes a
 * message apart with the readers of chapter 5, {@link readiness.dissect.Listing} prints the parts,
 * and {@link readiness.dissect.Figures} draws those of messages that the solution wrote.
 */
@NullMarked
package readiness.dissect;

import org.jspecify.annotations.NullMarked;
