/** Experiments of chapter 3: waiting for many connections. */
@NullMarked
package readiness.experiment.epoll;

import org.jspecify.annotations.NullMarked;
