package readiness.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.bench.epoll.EpollRoom;
import readiness.bench.serialization.SerializationRoom;

/** What can be measured, by chapter. */
public final class Rooms {
  /** A chapter that can be measured has a line here. */
  private static final List<Room> ALL = List.of(EpollRoom.room(), SerializationRoom.room());

  private Rooms() {}

  /** That of a chapter. */
  static Room of(String chapter) {
    return ALL.stream().filter(each -> each.chapter().equals(chapter)).findFirst().orElseThrow();
  }

  /** What JVMs run on that take part in a chapter's measurements: nothing of another's peers. */
  public static String classPath(String chapter) {
    return classPath(System.getProperty("java.class.path"), of(chapter), ALL);
  }

  /** Of {@code whole}, what no other room than this one has to itself. */
  static String classPath(String whole, Room room, List<Room> all) {
    List<String> others =
        all.stream()
            .filter(each -> !each.chapter().equals(room.chapter()))
            .flatMap(each -> each.peers().stream())
            .filter(each -> !room.peers().contains(each))
            .toList();
    return Stream.of(whole.split(File.pathSeparator))
        .filter(
            entry -> others.stream().noneMatch(Path.of(entry).getFileName().toString()::startsWith))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
