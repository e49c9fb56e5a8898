package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * The files of a folder over HTTP: GET and HEAD, conditional requests and ranges (RFC 9110,
 * sections 13 and 14), and nothing that lies outside the folder.
 *
 * <p>A small file that was asked for before in the same second is answered from memory, without
 * allocating. A large one is streamed and never held as a whole.
 *
 * <p>Whatever becomes of a file while its answer is under way, what the client gets whole is one
 * version of it, the one that the ETag names.
 *
 * <p>Belongs to one loop's thread.
 */
public final class StaticFiles implements Handler {
  private static final byte[] ALLOW = ascii("Allow");
  private static final byte[] GET_AND_HEAD = ascii("GET, HEAD");
  private static final byte[] LOCATION = ascii("Location");
  private static final byte[] CONTENT_TYPE = ascii("Content-Type");
  private static final byte[] CONTENT_RANGE = ascii("Content-Range");
  private static final byte[] RETRY_AFTER = ascii("Retry-After");
  private static final byte[] A_SECOND = ascii("1");

  private static final byte[] IF_MATCH = ascii("if-match");
  private static final byte[] IF_UNMODIFIED_SINCE = ascii("if-unmodified-since");
  private static final byte[] IF_NONE_MATCH = ascii("if-none-match");
  private static final byte[] IF_MODIFIED_SINCE = ascii("if-modified-since");
  private static final byte[] IF_RANGE = ascii("if-range");
  private static final byte[] RANGE = ascii("range");

  private static final byte[] ANY = ascii("*");
  private static final byte[] WEAK = ascii("W/");

  /**
   * A path of more names leads nowhere. To say where a file really is, realpath(3) asks the kernel
   * about every name on the way, each time from the root on: the work grows with the square of
   * them.
   */
  private static final int MOST_NAMES = 100;

  /** {@code bytes=first-last}, {@code bytes=first-} and {@code bytes=-count}. */
  private static final Pattern ONE_RANGE =
      Pattern.compile("bytes=([0-9]*)-([0-9]*)", Pattern.CASE_INSENSITIVE);

  /** A part of a file. */
  private record Part(long from, long length) {}

  /** The answer to a range that lies behind the file's end. */
  private static final Part NONE = new Part(0, 0);

  /**
   * Loaded together with this class: to load a class takes a descriptor, and when the first request
   * for a large file comes, there may be none. A class that could not be loaded once is missing for
   * good.
   */
  static final List<Class<?>> NEEDED_IN_DISTRESS =
      List.of(
          FileBody.class, HttpDate.class, MediaTypes.class, Percent.class, Resource.Version.class);

  private final Path root;
  private final Resource.Opener opener;
  private final RecentFiles recent = new RecentFiles();

  /**
   * Serves a folder.
   *
   * @param folder may itself be reached through links
   * @throws IOException if there is no such folder
   */
  public StaticFiles(Path folder) throws IOException {
    this(folder, Resource.Opener.USUAL);
  }

  /** As above, for a test that has its own way to open files. */
  StaticFiles(Path folder, Resource.Opener opener) throws IOException {
    this.root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(folder.toString());
    }
    this.opener = opener;
  }

  /** The same folder, with a memory of its own. */
  private StaticFiles(StaticFiles other) {
    this.root = other.root;
    this.opener = other.opener;
  }

  /**
   * Makes handlers of one folder: one for each loop that asks.
   *
   * @throws IOException if there is no such folder
   */
  public static Supplier<Handler> each(Path folder) throws IOException {
    StaticFiles first = new StaticFiles(folder);
    return () -> new StaticFiles(first);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Answers with a file.
   *
   * <ul>
   *   <li>405 with Allow to other methods than GET and HEAD;
   *   <li>404 if {@link #resolve} finds nothing, if the file is gone by now ({@link
   *       NoSuchFileException}), and also if it must not be read ({@link AccessDeniedException}): a
   *       stranger need not learn that it is there (RFC 9110, section 15.5.4);
   *   <li>301 to the same path with a slash behind it if that is a folder: without the slash, the
   *       links of the page that lies in it would lead elsewhere;
   *   <li>412 if {@link #isRefused}, then 304 if {@link #isUnchanged}: in this order (RFC 9110,
   *       section 13.2.2);
   *   <li>otherwise the file, or a part of it;
   *   <li>503 with {@code Retry-After: 1} if the file is there and cannot be opened or read for any
   *       other reason ({@link IOException}), for instance since no descriptor is free: that
   *       passes, and a 404 would say that the file is gone.
   * </ul>
   */
  @Override
  public void handle(Request request, ResponseWriter response) {
    throw new NotYet("static-files");
  }

  /** Answers about a file that is there. */
  private void answer(Request request, Resource file, ResponseWriter response) throws IOException {
    throw new NotYet("static-files");
  }

  /**
   * Finds what a path leads to. Each segment between slashes is the percent-encoded name of a file
   * or folder, decoded once; a last segment that is empty stands for {@code index.html}. There is
   * no climbing: {@code .} and {@code ..} are refused however they are written, and so are names
   * with a slash or a NUL and empty segments in the middle. What links lead out of the folder is
   * not served either. It costs no more than the path is long.
   *
   * @param path as the client sent it, without the query; {@code *} leads nowhere, and neither does
   *     a path of more than {@link #MOST_NAMES} names
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

  private static void redirect(Request request, ResponseWriter response) {
    String query = request.targetText();
    int mark = query.indexOf('?');
    String to = request.pathText() + "/" + (mark < 0 ? "" : query.substring(mark));
    page(301, response.status(301).header(LOCATION, ascii(to)));
  }

  /** Ends an answer that has no file with a word for people. */
  private static void page(int status, ResponseWriter response) {
    response.header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(status));
  }

  /**
   * Whether the client asks for another version than this file is (RFC 9110, section 13.2.2, steps
   * 1 and 2): none of the tags in If-Match is the file's. Only without that field
   * If-Unmodified-Since counts: the file has been changed after that date. Compared are bytes, so a
   * weak tag is never the file's.
   */
  private static boolean isRefused(Request request, Resource file) {
    throw new NotYet("static-files");
  }

  /**
   * Whether the client has this very file already (RFC 9110, section 13.2.2, steps 3 and 4): one of
   * the tags in If-None-Match is the file's. Only without that field If-Modified-Since counts: the
   * file has not been changed after that date. Compared are versions, so a {@code W/} before a tag
   * makes no difference.
   */
  private static boolean isUnchanged(Request request, Resource file) {
    throw new NotYet("static-files");
  }

  /**
   * The date in a field, in seconds since 1970. {@link HttpDate#NONE} if there is no such field, if
   * there are several, or if what it holds is no date: then it does not count (RFC 9110, sections
   * 13.1.3 and 13.1.4).
   */
  private static long date(Request request, byte[] name) {
    int field = request.field(name);
    boolean isOnly = field >= 0 && request.field(name, field + 1) < 0;
    return isOnly ? HttpDate.seconds(request.valueText(field)) : HttpDate.NONE;
  }

  /** Whether one of the fields of that name {@link #lists} the tag: together they are one list. */
  private static boolean isListed(Request request, byte[] name, byte[] etag, boolean weakly) {
    throw new NotYet("static-files");
  }

  /**
   * Whether a list of entity tags, {@code "a", W/"b"}, holds {@code etag}, or is {@code *}. A comma
   * within quotes separates nothing. What is not a list holds nothing from there on.
   *
   * @param etag with its quotes; a strong one
   * @param weakly whether a {@code W/} before a tag makes no difference; if it does, a tag with it
   *     is not {@code etag} (RFC 9110, section 8.8.3.2)
   */
  private static boolean lists(
      MemorySegment memory, long from, long to, byte[] etag, boolean weakly) {
    throw new NotYet("static-files");
  }

  /**
   * Which part of the file is asked for (RFC 9110, section 14.2). Range counts for GET only, and
   * only if {@link #stillMatches}; several ranges, in one field or in several, other units and what
   * makes no sense are passed over, and so is any range of an empty file.
   *
   * @param now {@link ResponseWriter#now}
   * @return null for all of it; {@link #NONE} if the range begins behind the file's end, or asks
   *     for the last 0 bytes
   */
  private static @Nullable Part part(Request request, Resource file, long now) {
    throw new NotYet("static-files");
  }

  /**
   * Whether the file is still the one of which the client has a part: If-Range, if it is there,
   * holds the file's ETag or its Last-Modified, byte for byte (RFC 9110, section 13.1.5). A weak
   * tag never does: two files that are equivalent may differ in bytes. Nor does a date as long as
   * that second lasts: the file may be changed once more in it (section 8.8.2.2).
   *
   * @param now {@link ResponseWriter#now}
   */
  private static boolean stillMatches(Request request, Resource file, long now) {
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
   * @throws IOException if the file cannot be opened, or is another one by now; then nothing of the
   *     answer has been written
   */
  private void send(Resource file, @Nullable Part part, ResponseWriter response)
      throws IOException {
    throw new NotYet("static-files");
  }
}
