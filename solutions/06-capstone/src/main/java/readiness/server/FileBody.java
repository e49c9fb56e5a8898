package readiness.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A part of a file as a body. It has one file open from its beginning to its end: when another file
 * takes its place meanwhile, what goes out are still the bytes of this one. When the file itself is
 * changed, the body ends with an exception, and so does the connection: a part of one version and a
 * part of the next one are none.
 *
 * <p>Reading a file cannot be waited for by epoll: it blocks the loop if the page is not in memory,
 * which is a reason to read pieces of modest size.
 */
final class FileBody implements Body {
  private final Path path;
  private final Resource.Version version;
  private final FileChannel channel;
  private long position;
  private long left;

  private FileBody(Resource file, FileChannel channel, long from, long length) {
    this.path = file.path();
    this.version = file.version();
    this.channel = channel;
    this.position = from;
    this.left = length;
  }

  /**
   * Opens a part of a file.
   *
   * @param from where the part begins
   * @param length how long it is
   * @throws IOException if it cannot be opened, or is not the version any more that {@code file} is
   */
  static FileBody open(Resource file, long from, long length, Resource.Opener opener)
      throws IOException {
    FileChannel channel = opener.open(file.path());
    try {
      file.version().confirm(file.path());
      return new FileBody(file, channel, from, length);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long read(MemorySegment into, long room) throws IOException {
    if (left == 0) {
      return 0;
    }
    int length = (int) Math.min(room, left);
    int read = channel.read(into.asByteBuffer().limit(length), position);
    if (read < 0) {
      throw new EOFException(path + " has become shorter by " + left + " bytes");
    }
    position += read;
    left -= read;
    if (left == 0) {
      confirmUnchanged();
    }
    return read;
  }

  /**
   * Makes sure, before the last bytes leave, that the file was not written to while the others did.
   * If another one is at its place by now, nobody can find this one to write to it.
   */
  private void confirmUnchanged() throws IOException {
    try {
      Resource.Version now = Resource.Version.at(path);
      if (now.key().equals(version.key()) && !now.equals(version)) {
        throw new IOException(path + " has been changed while it was sent");
      }
    } catch (NoSuchFileException e) {
      // As good as replaced.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
