package readiness.bench.epoll;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.bench.Rooms;
import readiness.epoll.EventLoop;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/**
 * Whose servers are measured.
 *
 * @param label what it is called
 * @param classPath what its servers run on
 * @param netty whether they are Netty's; otherwise those of the workbook
 */
record Contender(String label, String classPath, boolean netty) {
  /** The solution of this repository. */
  static Contender reference() {
    return new Contender("reference", Rooms.classPath(EpollRoom.CHAPTER), false);
  }

  /** Netty's epoll transport. */
  static Contender peer() {
    return new Contender("netty", Rooms.classPath(EpollRoom.CHAPTER), true);
  }

  /**
   * A reader's loop, with everything else as in the reference.
   *
   * @param classes the folder of what was compiled from labs/03-epoll; nothing of the solution of
   *     that chapter is on the class path
   */
  static Contender mine(Path classes) {
    String solution = home(EventLoop.class);
    String others =
        Stream.of(Rooms.classPath(EpollRoom.CHAPTER).split(File.pathSeparator))
            .filter(
                entry -> !Path.of(entry).toAbsolutePath().normalize().toString().equals(solution))
            .collect(Collectors.joining(File.pathSeparator));
    return new Contender("mine", classes + File.pathSeparator + others, false);
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .normalize()
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + type + " is from", e);
    }
  }

  Jvm jvm() {
    return Jvm.on(classPath).with(Served.FLAGS.toArray(String[]::new));
  }

  /** Starts its server for that work; the first line that this prints is the port. */
  Respondent start(Work work, String... arguments) {
    return start(jvm(), work, arguments);
  }

  Respondent start(Jvm jvm, Work work, String... arguments) {
    return jvm.start(label + "'s " + work.label() + " server", main(work), arguments);
  }

  private Class<?> main(Work work) {
    return switch (work) {
      case ECHO -> netty ? NettyEcho.class : LoopEcho.class;
      case HTTP -> netty ? NettyHttp.class : LoopHttp.class;
      case FILE -> netty ? NettyHttp.class : LoopFile.class;
    };
  }
}
