package readiness.experiment;

import java.util.List;
import java.util.Optional;
import readiness.experiment.epoll.EpollRoom;
import readiness.experiment.serialization.SerializationRoom;
import readiness.experiment.settingout.SettingOutRoom;

/** All of them, in the order of the book. */
public final class Experiments {
  /** A chapter that measures something has a line here. */
  private static final List<Room> ROOMS =
      List.of(SettingOutRoom.room(), EpollRoom.room(), SerializationRoom.room());

  private Experiments() {}

  public static List<Experiment> all() {
    return ROOMS.stream().flatMap(room -> room.experiments().get().stream()).toList();
  }

  /** The one of that name. */
  public static Optional<Experiment> named(String id) {
    return ROOMS.stream().flatMap(room -> room.experiment(id).stream()).findFirst();
  }

  /** Where the one of that name is. */
  public static Room roomOf(String id) {
    return ROOMS.stream().filter(room -> room.experiment(id).isPresent()).findFirst().orElseThrow();
  }

  /** The one of that name in that room; the others are left alone. */
  static Experiment in(String room, String id) {
    return ROOMS.stream()
        .filter(each -> each.name().equals(room))
        .findFirst()
        .flatMap(each -> each.experiment(id))
        .orElseThrow();
  }
}
