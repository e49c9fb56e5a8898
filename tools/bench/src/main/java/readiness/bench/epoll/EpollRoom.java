package readiness.bench.epoll;

import java.util.List;
import java.util.Map;
import readiness.bench.Room;

/** Chapter 3 and the server that stands on it, beside Netty. */
public final class EpollRoom {
  static final String CHAPTER = "epoll";

  private EpollRoom() {}

  public static Room room() {
    return new Room(
        CHAPTER,
        List.of("netty-"),
        Map.of(
            "contest",
            Contest::run,
            "soak",
            Soak::run,
            "idle",
            IdleCost::run,
            "loops",
            Loops::run));
  }
}
