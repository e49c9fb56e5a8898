package readiness.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import readiness.kernel.Finding;

/**
 * Fails a test that leaves sockets, pipes, eventfds or epolls open which were not open before it.
 * Reads {@code /proc/self/fd}; files are left alone, since the JVM opens those by itself. So does
 * it one Unix domain socket, when it closes its first socket, and keeps it: those do not count.
 */
public final class DescriptorLeaks implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(DescriptorLeaks.class);
  private static final Path OPEN = Path.of("/proc/self/fd");
  private static final Path UNIX = Path.of("/proc/self/net/unix");

  /** Which field of a line there is the inode. */
  private static final int INODE = 6;

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put("before", open());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    @SuppressWarnings("unchecked")
    Map<Integer, String> before =
        (Map<Integer, String>) context.getStore(NAMESPACE).get("before", Map.class);
    Map<Integer, String> left = open();
    left.entrySet().removeAll(before.entrySet());
    if (!left.isEmpty()) {
      left.values().removeIf(unixSockets()::contains);
    }
    // A failure of the test itself is the better story.
    if (!left.isEmpty() && context.getExecutionException().isEmpty()) {
      List<String> trace =
          left.entrySet().stream()
              .map(each -> "fd %s is still open: %s".formatted(each.getKey(), each.getValue()))
              .toList();
      throw new Finding(
          trace,
          "every descriptor that the test's code opened is closed again",
          left.size() + " left open");
    }
  }

  private static Map<Integer, String> open() {
    Map<Integer, String> open = new TreeMap<>();
    if (!Files.isDirectory(OPEN)) {
      return open;
    }
    try (Stream<Path> descriptors = Files.list(OPEN)) {
      for (Path each : descriptors.toList()) {
        target(each, open);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + OPEN, e);
    }
    return open;
  }

  /** Unix domain sockets of this network namespace, as {@code socket:[inode]}. */
  private static Set<String> unixSockets() {
    try (Stream<String> lines = Files.lines(UNIX)) {
      return lines
          .map(line -> line.trim().split(" +"))
          .filter(fields -> fields.length > INODE)
          .map(fields -> "socket:[" + fields[INODE] + "]")
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + UNIX, e);
    }
  }

  private static void target(Path descriptor, Map<Integer, String> open) throws IOException {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith("socket:")
          || target.startsWith("pipe:")
          || target.startsWith("anon_inode:")) {
        open.put(Integer.parseInt(descriptor.getFileName().toString()), target);
      }
    } catch (NoSuchFileException e) {
      // Closed between the listing and the look: not a leak.
    }
  }
}
