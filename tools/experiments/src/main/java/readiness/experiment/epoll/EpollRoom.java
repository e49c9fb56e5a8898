package readiness.experiment.epoll;

import java.util.List;
import readiness.epoll.LinuxEpoll;
import readiness.experiment.Room;
import readiness.kernel.Linux;

/** Chapter 3's experiments. */
public final class EpollRoom {
  private EpollRoom() {}

  public static Room room() {
    return new Room(
        "epoll",
        () ->
            List.of(
                new SelectPollEpoll(),
                new DupKeepsRegistration(),
                new BusyLoop(),
                new ThunderingHerd(),
                new ThreadsOrLoop()),
        () -> List.of(Linux.class, LinuxEpoll.class));
  }
}
