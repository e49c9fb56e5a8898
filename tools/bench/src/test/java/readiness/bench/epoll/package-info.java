@NullMarked
package readiness.bench.epoll;

import org.jspecify.annotations.NullMarked;
