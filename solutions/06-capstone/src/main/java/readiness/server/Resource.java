package readiness.server;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as HTTP sees it: its bytes and what is said about them. Fields are kept as they are sent.
 * Arrays are not copied: nobody changes them.
 *
 * @param path without links
 * @param version which of the files that have been or will be at this path
 * @param modified when it was changed last, in seconds since 1970; never in the future (RFC 9110,
 *     section 8.8.2.1), whatever the file system says
 * @param lastModified the same as a date
 * @param etag the entity tag with its quotes: another one whenever size or time of change differ
 * @param validators the lines ETag, Last-Modified and Cache-Control
 * @param kind the lines Content-Type and Accept-Ranges
 * @param content all bytes of a small file, null for one that is to be streamed
 */
record Resource(
    Path path,
    Version version,
    long modified,
    byte[] lastModified,
    byte[] etag,
    byte[] validators,
    byte[] kind,
    @Nullable MemorySegment content) {
  /** A file of at most so many bytes is answered from memory. */
  static final long SMALL = 64 * 1024;

  /** How a file is opened. */
  @FunctionalInterface
  interface Opener {
    Opener USUAL = path -> FileChannel.open(path, StandardOpenOption.READ);

    /** Opens a file to be read. */
    FileChannel open(Path path) throws IOException;
  }

  /**
   * What tells a file from another one that has taken its place, and from itself after a change.
   *
   * @param key which file it is, for Linux: device and inode
   * @param size in bytes
   * @param changed when its bytes were changed last
   */
  record Version(Object key, long size, FileTime changed) {
    /**
     * The version that is at {@code path} now.
     *
     * @throws AccessDeniedException if it is no regular file: reading from a pipe or a device could
     *     take for ever
     */
    static Version at(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw new AccessDeniedException(path.toString(), null, "not a regular file");
      }
      return new Version(Objects.requireNonNull(now.fileKey()), now.size(), now.lastModifiedTime());
    }

    /**
     * Makes sure that this version is at {@code path} still. A file is looked at by its path and
     * then opened by its path, and in between somebody may have put another one there. If it is the
     * same before and after the opening, then what has been opened is this one.
     */
    void confirm(Path path) throws IOException {
      if (!equals(at(path))) {
        throw new FileSystemException(path.toString(), null, "changes at this moment");
      }
    }
  }

  /**
   * Looks at a file, and reads it if it is small.
   *
   * @param now in seconds since 1970
   * @throws IOException if it cannot be read, or changes at this moment
   */
  static Resource of(Path path, long now, Opener opener) throws IOException {
    Version version = Version.at(path);
    MemorySegment content = null;
    if (version.size() <= SMALL) {
      content = read(path, version, opener);
    } else {
      path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    }
    Instant changed = version.changed().toInstant();
    long modified = Math.min(changed.getEpochSecond(), now);
    String date = HttpDate.text(modified);
    String etag =
        String.join(
            "-",
            Long.toHexString(changed.getEpochSecond()),
            Integer.toHexString(changed.getNano()),
            Long.toHexString(version.size()));
    String quoted = '"' + etag + '"';
    // A browser may keep the file, and asks each time whether it is still the same.
    String cache = "no-cache";
    return new Resource(
        path,
        version,
        modified,
        ascii(date),
        ascii(quoted),
        lines("ETag", quoted, "Last-Modified", date, "Cache-Control", cache),
        lines(
            "Content-Type", MediaTypes.of(path.getFileName().toString()), "Accept-Ranges", "bytes"),
        content);
  }

  private static MemorySegment read(Path path, Version version, Opener opener) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) version.size());
    try (FileChannel file = opener.open(path)) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes) < 0) {
          throw new EOFException(path + " becomes shorter at this moment");
        }
      }
    }
    version.confirm(path);
    return MemorySegment.ofArray(bytes.array());
  }

  private static byte[] lines(String... namesAndValues) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.append(namesAndValues[i]).append(": ").append(namesAndValues[i + 1]).append("\r\n");
    }
    return ascii(lines.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** In bytes. */
  long size() {
    return version.size();
  }
}
