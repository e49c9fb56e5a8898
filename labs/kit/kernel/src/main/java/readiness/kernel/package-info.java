/**
 * The system-call boundary: {@link readiness.kernel.Sockets} and {@link readiness.kernel.Epoll},
 * the real kernel ({@link readiness.kernel.Linux}) and a simulated one.
 */
@NullMarked
package readiness.kernel;

import org.jspecify.annotations.NullMarked;
