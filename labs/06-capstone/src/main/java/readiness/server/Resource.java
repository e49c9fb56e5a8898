package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as HTTP sees it: its bytes and what is said about them. Field values are kept as they are
 * sent. Arrays are not copied: nobody changes them.
 *
 * @param path without links
 * @param size in bytes
 * @param modified when it was changed last, in seconds since 1970
 * @param lastModified the same as a date
 * @param etag the entity tag with its quotes: another one whenever size or time of change differ
 * @param type the media type
 * @param content all bytes of a small file, null for one that is to be streamed
 */
record Resource(
    Path path,
    long size,
    long modified,
    byte[] lastModified,
    byte[] etag,
    byte[] type,
    @Nullable MemorySegment content) {
  /** A file of at most so many bytes is answered from memory. */
  static final long SMALL = 64 * 1024;

  /**
   * Looks at a file, and reads it if it is small.
   *
   * @throws IOException if it cannot be read, or is no regular file: reading from a pipe or a
   *     device could take for ever
   */
  static Resource of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("not a regular file: " + path);
    }
    long size = attributes.size();
    MemorySegment content = null;
    if (size <= SMALL) {
      content = MemorySegment.ofArray(Files.readAllBytes(path));
      size = content.byteSize();
    } else if (!Files.isReadable(path)) {
      throw new AccessDeniedException(path.toString());
    }
    Instant changed = attributes.lastModifiedTime().toInstant();
    String etag = "\"%x-%x-%x\"".formatted(changed.getEpochSecond(), changed.getNano(), size);
    return new Resource(
        path,
        size,
        changed.getEpochSecond(),
        ascii(HttpDate.text(changed.getEpochSecond())),
        ascii(etag),
        MediaTypes.of(path.getFileName().toString()),
        content);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
