package readiness.bench.serialization;

import java.util.List;
import java.util.Map;
import readiness.bench.Room;

/** Chapter 5's codecs beside protobuf-java, Jackson and libthrift. */
public final class SerializationRoom {
  static final String CHAPTER = "serialization";

  private SerializationRoom() {}

  /**
   * With Jackson among the peers: the program writes its result files with it, but the JVMs that
   * another chapter measures have no use for it.
   */
  public static Room room() {
    return new Room(
        CHAPTER,
        List.of(
            "jackson-",
            "jmh-",
            "jopt-simple-",
            "commons-math3-",
            "libthrift-",
            "oracles-",
            "protobuf-",
            "slf4j-"),
        Map.of("contest", Contest::run));
  }
}
