package readiness.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each request who answers it, by the path and then by the method (RFC 9110, sections 9
 * and 15.5.5, 15.5.6).
 *
 * <pre>{@code
 * new Router(workers, new StaticFiles(folder))
 *     .on(GET, "/health", call -> Response.of(204))
 *     .blocking(PUT, "/users/{user}/following/{other}", 0, call -> store.follow(…));
 * }</pre>
 *
 * <p>An action on the loop keeps everybody else waiting while it runs. One that may wait itself,
 * for a database, a file or a lock, is marked {@link #blocking} and runs on a {@link Workers}
 * thread; its answer comes {@link Later}.
 *
 * <p>Complete before the first request comes, not changed afterwards. Each loop may have its own.
 */
public final class Router implements Handler {
  /** Answers a request. */
  @FunctionalInterface
  public interface Action {
    /** What it throws becomes a 500, without a word of it to the client. */
    Response answer(Call call) throws Exception;
  }

  /**
   * @param isBlocking whether it runs on a worker's thread
   * @param bodyLimit how long a body may be, in bytes
   */
  private record Target(Action action, boolean isBlocking, long bodyLimit) {}

  /** What there is at a path, method by method. */
  private record Place(Route route, Map<Method, Target> targets) {
    /** What answers this method; null if nothing does. HEAD is answered like GET. */
    @Nullable Target target(Method method) {
      // tag::routing[]
      Target own = targets.get(method);
      return own == null && method == Method.HEAD ? targets.get(Method.GET) : own;
      // end::routing[]
    }

    /**
     * The methods that may be used, for the field Allow: in their order, HEAD with GET, OPTIONS.
     */
    String allow() {
      // tag::routing[]
      Set<Method> methods = EnumSet.of(Method.OPTIONS);
      methods.addAll(targets.keySet());
      if (methods.contains(Method.GET)) {
        methods.add(Method.HEAD);
      }
      return methods.stream().map(Method::name).collect(Collectors.joining(", "));
      // end::routing[]
    }
  }

  /** A place, and what of the path is in its parameters. */
  private record Found(Place place, List<String> values) {}

  private final Workers workers;
  private final @Nullable Handler otherwise;

  /** Those that are to be asked first come first. */
  private final List<Place> places = new ArrayList<>();

  /** A router that answers 404 to what it does not know. */
  public Router(Workers workers) {
    this.workers = workers;
    this.otherwise = null;
  }

  /** A router that leaves what it does not know to {@code otherwise}. */
  public Router(Workers workers, Handler otherwise) {
    this.workers = workers;
    this.otherwise = otherwise;
  }

  /** Answers {@code method} at paths like {@code pattern} on the loop's thread. Returns this. */
  public Router on(Method method, String pattern, Action action) {
    return add(method, pattern, new Target(action, false, 0));
  }

  /**
   * Answers {@code method} at paths like {@code pattern} on a worker's thread. Returns this.
   *
   * @param bodyLimit how long a body may be, in bytes; 0 if none is wanted
   */
  public Router blocking(Method method, String pattern, long bodyLimit, Action action) {
    return add(method, pattern, new Target(action, true, bodyLimit));
  }

  private Router add(Method method, String pattern, Target target) {
    Place place = place(pattern);
    if (place.targets.putIfAbsent(method, target) != null) {
      throw new IllegalArgumentException(method + " " + pattern + " has an action already");
    }
    return this;
  }

  private Place place(String pattern) {
    for (Place each : places) {
      if (each.route.toString().equals(pattern)) {
        return each;
      }
    }
    Place place = new Place(new Route(pattern), new EnumMap<>(Method.class));
    int at = 0;
    while (at < places.size() && places.get(at).route.compareTo(place.route) <= 0) {
      at++;
    }
    places.add(at, place);
    return place;
  }

  /** The place that a path leads to; null if it leads to none. */
  private @Nullable Found find(@Nullable List<String> path) {
    if (path != null) {
      for (Place each : places) {
        List<String> values = each.route.match(path);
        if (values != null) {
          return new Found(each, values);
        }
      }
    }
    return null;
  }

  @Override
  public long bodyLimit(Request request) {
    Found found = find(Route.split(request.pathText()));
    if (found == null) {
      return otherwise == null ? 0 : otherwise.bodyLimit(request);
    }
    Target target = found.place.target(request.method());
    return target == null ? 0 : target.bodyLimit;
  }

  /**
   * Answers a request.
   *
   * <ul>
   *   <li>A path that leads nowhere: {@link #otherwise}, or 404; 400 if it cannot be decoded.
   *   <li>{@code OPTIONS *}: 204, with all methods that are known anywhere.
   *   <li>OPTIONS, if the place has no action of its own for it: 204, with Allow.
   *   <li>A method that the place has no action for: 405, with Allow.
   *   <li>An action on the loop: what it answers, 500 if it throws.
   *   <li>A blocking one: {@link #later}.
   * </ul>
   */
  @Override
  public void handle(Request request, ResponseWriter response) {
    // tag::routing[]
    String path = request.pathText();
    if (path.equals("*")) {
      response.write(Response.of(204).with("Allow", allowAnywhere()));
      return;
    }
    List<String> segments = Route.split(path);
    Found found = find(segments);
    if (found == null) {
      nowhere(segments != null, request, response);
      return;
    }
    Target target = found.place.target(request.method());
    if (target == null) {
      boolean asks = request.method() == Method.OPTIONS;
      Response answer = asks ? Response.of(204) : Response.page(405);
      response.write(answer.with("Allow", found.place.allow()));
    } else if (target.isBlocking) {
      later(target, new Call(request.detached(), found.place.route, found.values), response);
    } else {
      response.write(now(target, new Call(request, found.place.route, found.values)));
    }
    // end::routing[]
  }

  private void nowhere(boolean isPath, Request request, ResponseWriter response) {
    if (!isPath) {
      response.write(Response.page(400));
    } else if (otherwise != null) {
      otherwise.handle(request, response);
    } else {
      response.write(Response.page(404));
    }
  }

  private static Response now(Target target, Call call) {
    try {
      return target.action.answer(call);
    } catch (Exception e) {
      return Workers.failed(e);
    }
  }

  /**
   * Has a blocking action run, and its answer come later; 503 with Retry-After, now, if the workers
   * take nothing on.
   */
  private void later(Target target, Call call, ResponseWriter response) {
    // tag::routing[]
    Later later = response.later();
    boolean taken =
        workers.start(later::isCancelled, () -> target.action.answer(call), later::answer);
    if (!taken) {
      later.answer(Response.page(503).with("Retry-After", "1"));
    }
    // end::routing[]
  }

  /** All methods that some place has an action for. */
  private String allowAnywhere() {
    Place all = new Place(new Route("/"), new EnumMap<>(Method.class));
    places.stream()
        .map(Place::targets)
        .map(Map::entrySet)
        .flatMap(Collection::stream)
        .forEach(each -> all.targets.put(each.getKey(), each.getValue()));
    return all.allow();
  }
}
