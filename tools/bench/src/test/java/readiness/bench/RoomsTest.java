package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one chapter is compared with stays away from what another measures. */
class RoomsTest {
  private static final Room EPOLL = new Room("epoll", List.of("netty-"), Map.of());
  private static final Room SERIALIZATION =
      new Room("serialization", List.of("protobuf-", "libthrift-"), Map.of());

  private static final String WHOLE =
      String.join(
          File.pathSeparator,
          "tools/bench/target/classes",
          "lib/netty-common-4.2.jar",
          "lib/netty-transport-native-epoll-4.2-linux-x86_64.jar",
          "lib/protobuf-java-4.jar",
          "lib/chart.jar");

  @Test
  void aChaptersPeersAreOnNoOthersClassPath() {
    assertThat(
            Rooms.classPath(WHOLE, EPOLL, List.of(EPOLL, SERIALIZATION)).split(File.pathSeparator))
        .containsExactly(
            "tools/bench/target/classes",
            "lib/netty-common-4.2.jar",
            "lib/netty-transport-native-epoll-4.2-linux-x86_64.jar",
            "lib/chart.jar");
    assertThat(
            Rooms.classPath(WHOLE, SERIALIZATION, List.of(EPOLL, SERIALIZATION))
                .split(File.pathSeparator))
        .containsExactly("tools/bench/target/classes", "lib/protobuf-java-4.jar", "lib/chart.jar");
  }

  @Test
  void whatTwoChaptersAreComparedWithIsOnBoth() {
    Room memory = new Room("memory", List.of("netty-"), Map.of());

    assertThat(Rooms.classPath(WHOLE, EPOLL, List.of(EPOLL, memory))).isEqualTo(WHOLE);
  }

  @Test
  void noServerHasTheCodecsPeers() {
    assertThat(jars("epoll"))
        .anyMatch(jar -> jar.startsWith("netty-"))
        .noneMatch(jar -> jar.matches("(protobuf|libthrift|jackson|slf4j|jmh).*"));
    assertThat(jars("serialization"))
        .anyMatch(jar -> jar.startsWith("protobuf-java-"))
        .anyMatch(jar -> jar.startsWith("libthrift-"))
        .noneMatch(jar -> jar.startsWith("netty-"));
  }

  private static List<String> jars(String chapter) {
    return Stream.of(Rooms.classPath(chapter).split(File.pathSeparator))
        .map(entry -> Path.of(entry).getFileName().toString())
        .toList();
  }
}
