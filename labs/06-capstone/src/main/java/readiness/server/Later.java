package readiness.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The place of an answer that comes later, among those of its connection: from another thread, or
 * when something else has happened. Got by {@link ResponseWriter#later}.
 */
public final class Later {
  private final Executor loop;
  private final BiConsumer<Later, Response> finished;
  final boolean isHead;
  final boolean isHttp11;
  final boolean keepAlive;

  /** Null until it is there. The loop's. */
  private @Nullable Response response;

  private volatile boolean cancelled;

  /**
   * @param loop runs tasks on the thread of the connection's loop
   * @param finished is told there when the answer has come
   * @param isHead whether the request was HEAD
   * @param isHttp11 whether the client speaks HTTP/1.1
   * @param keepAlive whether the connection is to serve another request afterwards
   */
  Later(
      Executor loop,
      BiConsumer<Later, Response> finished,
      boolean isHead,
      boolean isHttp11,
      boolean keepAlive) {
    this.loop = loop;
    this.finished = finished;
    this.isHead = isHead;
    this.isHttp11 = isHttp11;
    this.keepAlive = keepAlive;
  }

  /**
   * Gives the answer. It leaves when those to the requests before have left. Once; what comes after
   * the first is passed over. From any thread.
   */
  public void answer(Response response) {
    try {
      loop.execute(() -> finished.accept(this, response));
    } catch (RejectedExecutionException e) {
      cancelled = true; // the loop is closed, and its connections with it
    }
  }

  /** Whether nobody waits any more: the connection is closed. From any thread. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Nobody waits any more. On the loop's thread. */
  void cancel() {
    cancelled = true;
  }

  /** What was given, null as long as nothing was. On the loop's thread. */
  @Nullable Response response() {
    return response;
  }

  /** Takes the answer in, if it is the first; says whether it was. On the loop's thread. */
  boolean take(Response response) {
    if (this.response != null) {
      return false;
    }
    this.response = response;
    return true;
  }
}
