/**
 * The server: HTTP/1.1 (RFC 9110, RFC 9112) on the event loop of chapter 3.
 *
 * <p>Requests and answers stay bytes in the loop's memory: a {@link readiness.server.Request} is a
 * set of offsets, an answer is written where it will be sent from. Nothing on the way of a small
 * answer allocates.
 */
@NullMarked
package readiness.server;

import org.jspecify.annotations.NullMarked;
