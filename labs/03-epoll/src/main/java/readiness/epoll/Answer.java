package readiness.epoll;

import java.lang.foreign.MemorySegment;

/**
 * What a server answers, as it comes in. Called on the loop's thread, first {@link #status}, then
 * {@link #body} for each piece; at the end, or instead of all that, exactly one of {@link
 * #complete} and {@link #failed}.
 */
public interface Answer {
  /** The head has come. */
  void status(int status);

  /**
   * A piece of the body has come, without what framed it.
   *
   * @param memory holds it in {@code [from, to)}; it is the loop's, and this call's only
   */
  void body(MemorySegment memory, long from, long to);

  /** The answer is whole. */
  void complete();

  /**
   * There is no answer, or not all of it.
   *
   * @param reason for people
   */
  void failed(String reason);
}
