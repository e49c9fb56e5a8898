package readiness.server;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A request that a {@link Router} has found an action for.
 *
 * @param request what was asked; on a worker's thread a copy that stays, on the loop's thread valid
 *     during the action only
 * @param route the pattern that its path matches
 * @param values of the route's parameters, decoded
 */
public record Call(Request request, Route route, List<String> values) {
  /**
   * A parameter's value, decoded, at least one character long.
   *
   * @throws IllegalArgumentException if the route has no parameter of that name
   */
  public String parameter(String name) {
    int place = route.place(name);
    if (place < 0) {
      throw new IllegalArgumentException("path %s has no {%s}".formatted(route, name));
    }
    return values.get(place);
  }

  /** The whole body, if the route wants one; empty if there is none. */
  public MemorySegment body() {
    return request.body();
  }
}
