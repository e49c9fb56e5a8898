package readiness.bench.serialization;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.bench.Rooms;
import readiness.bench.Settings;
import readiness.serialization.Codec;

/**
 * What is to be measured.
 *
 * @param settings what every measurement has
 * @param ours what our side is called
 * @param classPath what takes part runs on
 * @param formats in which bytes
 */
record Setup(Settings settings, String ours, String classPath, List<Format> formats) {
  static Setup of(Settings settings) {
    Path mine = settings.path("mine");
    String all = Rooms.classPath(SerializationRoom.CHAPTER);
    String chosen = settings.text("format");
    return new Setup(
        settings,
        mine == null ? "reference" : "mine",
        mine == null ? all : mine + File.pathSeparator + withoutSolution(all),
        Stream.of(Format.values())
            .filter(each -> chosen == null || each.family().equals(chosen))
            .toList());
  }

  /** Where the reader's code runs there is nothing of the solution. */
  private static String withoutSolution(String classPath) {
    Path solution = home(Codec.class);
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().normalize().equals(solution))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath()
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + type + " is from", e);
    }
  }

  /** What a side is called. */
  String label(Library library) {
    return library == Library.OURS ? ours : library.label();
  }
}
