@NullMarked
package readiness.experiment.epoll;

import org.jspecify.annotations.NullMarked;
