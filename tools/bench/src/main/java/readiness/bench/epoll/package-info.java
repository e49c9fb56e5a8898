/**
 * Servers of chapter 3 and chapter 6 beside Netty's: echo and HTTP, idle connections, and clients
 * that misbehave. Each server runs in a JVM of its own and the load comes from another one, so that
 * what a server costs can be read from its process.
 */
@NullMarked
package readiness.bench.epoll;

import org.jspecify.annotations.NullMarked;
