package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    // tag::static-files[]
    if (request.method() != Method.GET && request.method() != Method.HEAD) {
      response.status(405).header(ALLOW, GET_AND_HEAD);
      response.header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(405));
      return;
    }
    Resource file = recent.find(request.memory(), request.path(), request.pathEnd());
    if (file == null) {
      Path path = resolve(request.pathText());
      if (path != null && Files.isDirectory(path)) {
        redirect(request, response);
        return;
      }
      file = path == null ? null : open(request, path);
    }
    if (file == null) {
      page(404, response);
    } else if (isUnchanged(request, file)) {
      describe(file, response.status(304)).empty();
    } else {
      send(file, part(request, file), response);
    }
    // end::static-files[]
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
    // tag::static-files[]
    if (!path.startsWith("/")) {
      return null;
    }
    String[] segments = path.substring(1).split("/", -1);
    Path found = root;
    try {
      for (int i = 0; i < segments.length; i++) {
        boolean isLast = i == segments.length - 1;
        String name = isLast && segments[i].isEmpty() ? "index.html" : Percent.decode(segments[i]);
        if (name == null || !isName(name)) {
          return null;
        }
        found = found.resolve(name);
      }
      found = found.toRealPath();
    } catch (IOException | InvalidPathException e) {
      return null;
    }
    return found.startsWith(root) ? found : null;
    // end::static-files[]
  }

  /** Whether {@code name}, decoded, can be the name of one file or folder in another. */
  private static boolean isName(String name) {
    // tag::static-files[]
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0;
    // end::static-files[]
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
    // tag::static-files[]
    int field = request.field(IF_NONE_MATCH);
    if (field >= 0) {
      boolean known = false;
      for (; field >= 0; field = request.field(IF_NONE_MATCH, field + 1)) {
        known |=
            lists(request.memory(), request.value(field), request.valueEnd(field), file.etag());
      }
      return known;
    }
    field = request.field(IF_MODIFIED_SINCE);
    return field >= 0 && file.modified() <= HttpDate.seconds(request.valueText(field));
    // end::static-files[]
  }

  /**
   * Whether a list of entity tags, {@code "a", W/"b"}, holds {@code etag}, or is {@code *}. Weak
   * comparison (RFC 9110, section 8.8.3.2): a {@code W/} before a tag makes no difference. A comma
   * within quotes separates nothing. What is not a list holds nothing from there on.
   *
   * @param etag with its quotes
   */
  private static boolean lists(MemorySegment memory, long from, long to, byte[] etag) {
    // tag::static-files[]
    if (Grammar.same(memory, from, to, ANY)) {
      return true;
    }
    long i = from;
    while (i < to) {
      byte b = memory.get(JAVA_BYTE, i);
      if (b == ',' || Grammar.isSpace(b)) {
        i++;
        continue;
      }
      if (i + 2 < to && Grammar.same(memory, i, i + 2, WEAK)) {
        i += 2;
      }
      long end = i + 1;
      while (end < to && memory.get(JAVA_BYTE, end) != '"') {
        end++;
      }
      if (end >= to || memory.get(JAVA_BYTE, i) != '"') {
        return false;
      }
      if (Grammar.same(memory, i, end + 1, etag)) {
        return true;
      }
      i = end + 1;
    }
    return false;
    // end::static-files[]
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
    // tag::static-files[]
    int field = request.field(RANGE);
    long size = file.size();
    if (field < 0 || request.method() != Method.GET || size == 0 || !stillMatches(request, file)) {
      return null;
    }
    Matcher range = ONE_RANGE.matcher(request.valueText(field));
    if (!range.matches() || range.group().endsWith("=-")) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long count = Math.min(number(range.group(2)), size);
      return count == 0 ? NONE : new Part(size - count, count);
    }
    long first = number(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
    if (last < first) {
      return null;
    }
    return first >= size ? NONE : new Part(first, Math.min(last, size - 1) - first + 1);
    // end::static-files[]
  }

  /**
   * Whether the file is still the one of which the client has a part: If-Range, if it is there,
   * holds the file's ETag or its Last-Modified, byte for byte (RFC 9110, section 13.1.5). A weak
   * tag never does: two files that are equivalent may differ in bytes.
   */
  private static boolean stillMatches(Request request, Resource file) {
    // tag::static-files[]
    int field = request.field(IF_RANGE);
    if (field < 0) {
      return true;
    }
    long from = request.value(field);
    long to = request.valueEnd(field);
    return Grammar.same(request.memory(), from, to, file.etag())
        || Grammar.same(request.memory(), from, to, file.lastModified());
    // end::static-files[]
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
    // tag::static-files[]
    if (part == NONE) {
      response.status(416).header(CONTENT_RANGE, ascii("bytes */" + file.size()));
      response.header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(416));
      return;
    }
    boolean isWhole = part == null;
    long from = isWhole ? 0 : part.from();
    long length = isWhole ? file.size() : part.length();
    describe(file, response.status(isWhole ? 200 : 206));
    response.header(CONTENT_TYPE, file.type()).header(ACCEPT_RANGES, BYTES);
    if (!isWhole) {
      String range = "bytes %d-%d/%d".formatted(from, from + length - 1, file.size());
      response.header(CONTENT_RANGE, ascii(range));
    }
    MemorySegment content = file.content();
    if (content == null) {
      response.stream(length, new FileBody(file.path(), from, length));
    } else {
      response.body(isWhole ? content : content.asSlice(from, length));
    }
    // end::static-files[]
  }
}
