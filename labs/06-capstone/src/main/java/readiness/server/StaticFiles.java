package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * The files of a folder over HTTP: GET and HEAD, conditional requests and ranges (RFC 9110,
 * sections 13 and 14), and nothing that lies outside the folder.
 *
 * <p>A small file that was asked for within the last second is answered from memory, without
 * allocating. A large one is streamed and never held as a whole.
 *
 * <p>Belongs to one loop's thread.
 */
public final class StaticFiles implements Handler {
  private static final byte[] ALLOW = ascii("Allow");
  private static final byte[] GET_AND_HEAD = ascii("GET, HEAD");
  private static final byte[] LOCATION = ascii("Location");
  private static final byte[] CONTENT_TYPE = ascii("Content-Type");
  private static final byte[] CONTENT_RANGE = ascii("Content-Range");
  private static final byte[] LAST_MODIFIED = ascii("Last-Modified");
  private static final byte[] ETAG = ascii("ETag");
  private static final byte[] ACCEPT_RANGES = ascii("Accept-Ranges");
  private static final byte[] BYTES = ascii("bytes");

  /** A browser may keep the file, and asks each time whether it is still the same. */
  private static final byte[] CACHE_CONTROL = ascii("Cache-Control");

  private static final byte[] NO_CACHE = ascii("no-cache");

  private static final byte[] IF_NONE_MATCH = ascii("if-none-match");
  private static final byte[] IF_MODIFIED_SINCE = ascii("if-modified-since");
  private static final byte[] IF_RANGE = ascii("if-range");
  private static final byte[] RANGE = ascii("range");

  private static final byte[] ANY = ascii("*");
  private static final byte[] WEAK = ascii("W/");

  /** {@code bytes=first-last}, {@code bytes=first-} and {@code bytes=-count}. */
  private static final Pattern ONE_RANGE =
      Pattern.compile("bytes=([0-9]*)-([0-9]*)", Pattern.CASE_INSENSITIVE);

  /** A part of a file. */
  private record Part(long from, long length) {}

  /** The answer to a range that lies behind the file's end. */
  private static final Part NONE = new Part(0, 0);

  private final Path root;
  private final RecentFiles recent;

  /**
   * Serves a folder.
   *
   * @param folder may itself be reached through links
   * @param nanoTime a clock like {@link System#nanoTime}
   * @throws IOException if there is no such folder
   */
  public StaticFiles(Path folder, LongSupplier nanoTime) throws IOException {
    this.root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(folder.toString());
    }
    this.recent = new RecentFiles(nanoTime);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Answers with a file.
   *
   * <ul>
   *   <li>405 with Allow to other methods than GET and HEAD;
   *   <li>404 if {@link #resolve} finds nothing, or nothing that can be read;
   *   <li>301 to the same path with a slash behind it if that is a folder: without the slash, the
   *       links of the page that lies in it would lead elsewhere;
   *   <li>304 to a client that has this file already;
   *   <li>otherwise the file, or a part of it.
   * </ul>
   */
  @Override
  public void handle(Request request, ResponseWriter response) {
    throw new NotYet("static-files");
  }

  /**
   * Finds what a path leads to. Each segment between slashes is the percent-encoded name of a file
   * or folder, decoded once; a last segment that is empty stands for {@code index.html}. There is
   * no climbing: {@code .} and {@code ..} are refused however they are written, and so are names
   * with a slash or a NUL and empty segments in the middle. What links lead out of the folder is
   * not served either.
   *
   * @param path as the client sent it, without the query; {@code *} leads nowhere
   * @return a file or folder inside {@link #root}, without links; null if there is none that may be
   *     seen, or if the file system knows no such name ({@link java.nio.file.InvalidPathException})
   */
  private @Nullable Path resolve(String path) {
    throw new NotYet("static-files");
  }

  /** Whether {@code name}, decoded, can be the name of one file or folder in another. */
  private static boolean isName(String name) {
    throw new NotYet("static-files");
  }

  /** The file at {@code path}, null if it cannot be read. */
  private @Nullable Resource open(Request request, Path path) {
    try {
      Resource file = Resource.of(path);
      recent.remember(request.memory(), request.path(), request.pathEnd(), file);
      return file;
    } catch (IOException e) {
      return null;
    }
  }

  private static void redirect(Request request, ResponseWriter response) {
    String query = request.targetText();
    int mark = query.indexOf('?');
    String to = request.pathText() + "/" + (mark < 0 ? "" : query.substring(mark));
    response.status(301).header(LOCATION, ascii(to));
    response.header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(301));
  }

  private static void page(int status, ResponseWriter response) {
    response.status(status).header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(status));
  }

  /** The fields that describe the file whatever becomes of its bytes. */
  private static ResponseWriter describe(Resource file, ResponseWriter response) {
    return response
        .header(ETAG, file.etag())
        .header(LAST_MODIFIED, file.lastModified())
        .header(CACHE_CONTROL, NO_CACHE);
  }

  /**
   * Whether the client has this very file already (RFC 9110, section 13.2.2): one of the tags in
   * If-None-Match is the file's. Only without that field If-Modified-Since counts: the file has not
   * been changed after that date.
   */
  private static boolean isUnchanged(Request request, Resource file) {
    throw new NotYet("static-files");
  }

  /**
   * Whether a list of entity tags, {@code "a", W/"b"}, holds {@code etag}, or is {@code *}. Weak
   * comparison (RFC 9110, section 8.8.3.2): a {@code W/} before a tag makes no difference. A comma
   * within quotes separates nothing. What is not a list holds nothing from there on.
   *
   * @param etag with its quotes
   */
  private static boolean lists(MemorySegment memory, long from, long to, byte[] etag) {
    throw new NotYet("static-files");
  }

  /**
   * Which part of the file is asked for (RFC 9110, section 14.2). Range counts for GET only, and
   * only if {@link #stillMatches}; several ranges, other units and what makes no sense are passed
   * over, and so is any range of an empty file.
   *
   * @return null for all of it; {@link #NONE} if the range begins behind the file's end, or asks
   *     for the last 0 bytes
   */
  private static @Nullable Part part(Request request, Resource file) {
    throw new NotYet("static-files");
  }

  /**
   * Whether the file is still the one of which the client has a part: If-Range, if it is there,
   * holds the file's ETag or its Last-Modified, byte for byte (RFC 9110, section 13.1.5). A weak
   * tag never does: two files that are equivalent may differ in bytes.
   */
  private static boolean stillMatches(Request request, Resource file) {
    throw new NotYet("static-files");
  }

  /** A number of any length; {@code Long.MAX_VALUE} for all that are greater. */
  private static long number(String digits) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /**
   * Answers with the file's bytes: 200 with all of them, 206 with a part and {@code Content-Range:
   * bytes first-last/size}, 416 with {@code Content-Range: bytes *}{@code /size} and none of them.
   *
   * @param part as {@link #part} returns it
   */
  private static void send(Resource file, @Nullable Part part, ResponseWriter response) {
    throw new NotYet("static-files");
  }
}
