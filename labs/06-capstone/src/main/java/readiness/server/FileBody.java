package readiness.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file as a body. Reading a file cannot be waited for by epoll: it blocks the loop if
 * the page is not in memory, which is a reason to read pieces of modest size.
 */
final class FileBody implements Body {
  private final Path path;
  private @Nullable FileChannel channel;
  private long position;
  private long left;

  /**
   * A part that has not been opened yet: the answer to HEAD never needs to.
   *
   * @param from where the part begins
   * @param length how long it is
   */
  FileBody(Path path, long from, long length) {
    this.path = path;
    this.position = from;
    this.left = length;
  }

  @Override
  public long read(MemorySegment into, long room) throws IOException {
    if (left == 0) {
      return 0;
    }
    if (channel == null) {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    }
    int length = (int) Math.min(room, left);
    int read = channel.read(into.asByteBuffer().limit(length), position);
    if (read < 0) {
      throw new EOFException("%s has become shorter by %d bytes".formatted(path, left));
    }
    position += read;
    left -= read;
    return read;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
