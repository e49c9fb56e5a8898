package readiness.experiment;

import java.util.List;
import java.util.Optional;

/** All of them, in the order of the book. */
public final class Experiments {
  private Experiments() {}

  public static List<Experiment> all() {
    return List.of(
        new DowncallCost(),
        new GcCycle(),
        new SelectPollEpoll(),
        new DupKeepsRegistration(),
        new BusyLoop(),
        new ThunderingHerd(),
        new ThreadsOrLoop());
  }

  /** The one of that name. */
  public static Optional<Experiment> named(String id) {
    return all().stream().filter(each -> each.description().id().equals(id)).findFirst();
  }
}
