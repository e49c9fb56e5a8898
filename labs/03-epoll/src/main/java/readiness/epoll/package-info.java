/** An event loop on epoll(7), from the system calls up. Chapter 3 of the workbook builds it. */
@NullMarked
package readiness.epoll;

import org.jspecify.annotations.NullMarked;
