/** Requests that nobody should send, by the hundred thousand, beside a client that behaves. */
@NullMarked
package readiness.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
