package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.epoll.Connection;
import readiness.epoll.EventLoop;
import readiness.epoll.LinuxEpoll;
import readiness.epoll.Protocol;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Epoll;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.NotYet;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** A folder over HTTP: what is in it, what is about it, and what lies beside it. */
@Step("static-files")
@Tag("static-files")
final class StaticFilesTest {
  private static final Instant CHANGED = Instant.parse("1994-11-06T08:49:37.25Z");
  private static final String DIGITS = "0123456789";
  private static final String SECRET = "nobody may see this";

  @TempDir Path around;

  private Path root;
  private long millis = CHANGED.plusSeconds(86_400).toEpochMilli();
  private StaticFiles files;
  private byte[] big;

  private final RequestParser parser = new RequestParser(Limits.USUAL);
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ResponseWriter writer =
      new ResponseWriter(
          Arena.ofAuto().allocate(64 * 1024),
          new ResponseWriter.DateField(() -> millis, HttpDate::text),
          (data, from, length) -> sent.writeBytes(data.asSlice(from, length).toArray(JAVA_BYTE)));

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(around.resolve("site"));
    write("index.html", "<h1>home</h1>");
    write("digits.txt", DIGITS);
    write("empty.txt", "");
    write("a b.txt", "a b");
    write("a%20b.txt", "a%20b");
    write("a+b.txt", "a+b");
    write("sub/index.html", "<h1>sub</h1>");
    write("sub/page.html", "page");
    Files.createDirectory(root.resolve("bare"));
    big = new byte[300_000];
    new Random(1).nextBytes(big);
    Files.write(root.resolve("big.bin"), big);
    Files.setLastModifiedTime(root.resolve("big.bin"), FileTime.from(CHANGED));
    Files.writeString(around.resolve("secret.txt"), SECRET);
    Files.writeString(
        Files.createDirectory(around.resolve("site-2")).resolve("index.html"), SECRET);
    files = new StaticFiles(root);
  }

  private void write(String name, String content) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    Files.setLastModifiedTime(path, FileTime.from(CHANGED));
  }

  /** All of them but one: without a descriptor a client is turned away, and gets no answer. */
  private static final Fault[] MENU =
      EnumSet.complementOf(EnumSet.of(Fault.EMFILE)).toArray(Fault[]::new);

  @Test
  @DisplayName("a file comes whole, with what a client wants to know about it")
  void wholeFile() {
    Asked asked = get("/digits.txt");
    asked.status(200, "the file is there").body(DIGITS);
    asked.field("Content-Type", "text/plain; charset=utf-8");
    asked.field("Content-Length", "10");
    asked.field("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
    asked.field("Accept-Ranges", "bytes");
    asked.field("Content-Range", null);
    String etag = asked.answer.field("ETag");
    if (etag == null || !etag.matches("\"[!#-~]+\"")) {
      throw asked.finding("an ETag: a strong tag in quotes", String.valueOf(etag));
    }
    get("/empty.txt").status(200, "an empty file is a file").body("");
    get("/digits.txt?v=2").status(200, "a query does not name another file").body(DIGITS);
    get("http://a").status(200, "and so for the first page").body("<h1>home</h1>");
    get("http://a/digits.txt").status(200, "so a proxy is asked, and we may be").body(DIGITS);
  }

  @Test
  @DisplayName("a large file is streamed, byte for byte")
  void largeFile() {
    Asked asked = get("/big.bin");
    asked.status(200, "the file is there").field("Content-Length", "300000");
    asked.field("Content-Type", "application/octet-stream");
    asked.bytes(big);
    Asked part = ask("GET", "/big.bin", "Range: bytes=100000-199999");
    part.status(206, "a part of it").field("Content-Range", "bytes 100000-199999/300000");
    part.bytes(Arrays.copyOfRange(big, 100_000, 200_000));
  }

  @Test
  @DisplayName("a folder's address ends with a slash, and its page is index.html")
  void folders() {
    get("/").status(200, "index.html of the folder").body("<h1>home</h1>");
    get("/sub/").status(200, "index.html of the folder").body("<h1>sub</h1>");
    get("/sub")
        .status(301, "page.html would lead to /page.html from here")
        .field("Location", "/sub/");
    get("/sub?a=b").status(301, "and the query stays").field("Location", "/sub/?a=b");
    get("/bare/").status(404, "there is no index.html in it, and no listing of it");
  }

  @Test
  @DisplayName("what is not there is not found")
  void notFound() {
    get("/nothing").status(404, "there is no such file");
    get("/digits.txt/").status(404, "a file is no folder");
    get("/digits.txt/index.html").status(404, "a file is no folder");
    get("/sub//page.html").status(404, "there is no file without a name");
    get("//sub").status(404, "a redirect to //sub/ would send people to a host named sub");
    get("/DIGITS.TXT").status(404, "another name");
    get("/" + "a".repeat(300)).status(404, "no file has a name of more than 255 bytes");
    get("/" + "a".repeat(7_000)).status(404, "no file has a name of more than 255 bytes");
  }

  @Test
  @DisplayName("names are percent-decoded, once")
  void names() throws IOException {
    write("a\tb.txt", "a tab");
    get("/a%09b.txt").status(200, "%09 is a tab").body("a tab");
    get("/a%20b.txt").status(200, "%20 is a space").body("a b");
    get("/a%2520b.txt")
        .status(200, "%25 is a percent sign, and what follows it is itself")
        .body("a%20b");
    get("/a+b.txt").status(200, "a plus is a plus: it is a space in forms only").body("a+b");
    get("/%64igit%73.txt").status(200, "%64 is a d").body(DIGITS);
    get("/digits.txt%").status(404, "a percent sign without two digits");
    get("/digits.tx%7").status(404, "a percent sign without two digits");
    get("/%zzdigits.txt").status(404, "a percent sign without two digits");
    get("/%ff").status(404, "these bytes are not UTF-8");
  }

  @Test
  @DisplayName("other methods are refused, with those that are not")
  void methods() {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      ask(method, "/digits.txt").status(405, "files are read").field("Allow", "GET, HEAD");
    }
  }

  @Test
  @DisplayName("HEAD gets the head that GET would get")
  void head() {
    for (String path : List.of("/digits.txt", "/big.bin", "/nothing", "/sub")) {
      Asked head = ask("HEAD", path);
      Asked get = get(path);
      head.status(get.answer.status(), "as for GET").body("");
      if (!head.answer.fields().equals(get.answer.fields())) {
        throw head.finding("the same fields as for GET: " + get.answer.fields(), "others");
      }
    }
    ask("HEAD", "/digits.txt", "Range: bytes=0-1").status(200, "Range is for GET only");
  }

  @Test
  @DisplayName("no path leads out of the folder, however it is written")
  void traversal() {
    for (String path :
        List.of(
            "/../secret.txt",
            "/sub/../../secret.txt",
            "/sub/../digits.txt",
            "/./digits.txt",
            "/..",
            "/%2e%2e/secret.txt",
            "/%2E%2e/secret.txt",
            "/.%2e/secret.txt",
            "/%2e%2e%2fsecret.txt",
            "/..%2fsecret.txt",
            "/sub%2f..%2f..%2fsecret.txt",
            "/sub%2fpage.html",
            "/sub/%2fpage.html",
            "/sub/%00page.html",
            "/sub/page.html%2f",
            "/%252e%252e%252fsecret.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "/%c0%ae%c0%ae/secret.txt",
            "/digits.txt%00.html",
            "/%00",
            "/" + around + "/secret.txt",
            "/%2f" + around.toString().substring(1) + "/secret.txt",
            "*")) {
      get(path).status(404, "a name of a file in the folder, or nothing");
    }
  }

  @Test
  @DisplayName("a link may lead about in the folder, not out of it")
  void links() throws IOException {
    Files.createSymbolicLink(root.resolve("in.txt"), Path.of("digits.txt"));
    Files.createSymbolicLink(root.resolve("out.txt"), Path.of("../secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("beside"), Path.of("../site-2"));
    Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
    get("/in.txt").status(200, "the link leads to a file in the folder").body(DIGITS);
    get("/out.txt").status(404, "the link leads to ../secret.txt");
    get("/up/secret.txt").status(404, "the link leads to the folder above");
    get("/up/site/digits.txt").status(200, "out and in again: the file is one of the folder");
    get("/beside/").status(404, "the link leads to the folder site-2, whose name begins with ours");
    get("/round").status(404, "the link leads to itself");
    Path door = Files.createSymbolicLink(around.resolve("door"), Path.of("site"));
    files = new StaticFiles(door);
    get("/digits.txt").status(200, "the folder itself was named by a link").body(DIGITS);
  }

  @Test
  @DisplayName("what is no file is not opened: a pipe would make everybody wait")
  void noRegularFile() throws IOException {
    Path socket = root.resolve("socket");
    try (ServerSocketChannel open = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      open.bind(UnixDomainSocketAddress.of(socket));
      files =
          new StaticFiles(
              root,
              path -> {
                throw new IllegalStateException("must not be opened: " + path);
              });
      get("/socket").status(404, "a socket is no file");
    }
  }

  @Test
  @DisplayName("a path leads through a hundred names at the most")
  void depth() throws IOException {
    Path deep = root.resolve("a/".repeat(98));
    Files.createDirectories(deep.resolve("a/a"));
    Files.writeString(deep.resolve("page.txt"), "deep");
    Files.writeString(deep.resolve("a/page.txt"), "deeper");
    Files.writeString(deep.resolve("a/a/page.txt"), "too deep");
    Files.writeString(deep.resolve("index.html"), "a hundred");
    get("/a".repeat(98) + "/page.txt").status(200, "99 names").body("deep");
    get("/a".repeat(99) + "/page.txt").status(200, "100 names").body("deeper");
    get("/a".repeat(100) + "/page.txt").status(404, "101 names");
    get("/a".repeat(98) + "/").status(200, "99 names, with that of index.html").body("a hundred");
  }

  @Test
  @DisplayName("a path of eight times the length costs eight times as much, not 64 times")
  void costOfPaths() {
    long one = allocated("/a".repeat(500));
    long eight = allocated("/a".repeat(4_000));
    if (eight > 16 * one) {
      throw new Finding(
          List.of(
              "/a/a/a/…, 1,000 bytes: %,d bytes allocated".formatted(one),
              "/a/a/a/…, 8,000 bytes: %,d bytes allocated".formatted(eight)),
          "the cost grows as the path does: at most 16 times as much for 8 times the length",
          "%d times as much: every name copies all those before it".formatted(eight / one));
    }
  }

  /** Bytes that it takes to answer a request for {@code path}; the least of some runs. */
  private long allocated(String path) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      begin("GET", path);
      long before = threads.getCurrentThreadAllocatedBytes();
      files.handle(parser.request(), writer);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      if (!writer.takeBack()) {
        throw new IllegalStateException("a 404 leaves at once");
      }
    }
    return least;
  }

  @Test
  @DisplayName("what a machine reads is the same in every country")
  void locales() throws IOException {
    write("PICTURE.GIF", "GIF89a");
    Locale usual = Locale.getDefault();
    try {
      for (String tag : List.of("fa-IR", "ar-EG-u-nu-arab", "tr-TR", "th-TH-u-nu-thai")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        millis += 1000;
        part("bytes=2-4", "234", "bytes 2-4/10");
        ask("GET", "/digits.txt", "Range: bytes=10-").field("Content-Range", "bytes */10");
        get("/digits.txt").field("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
        unchanged("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "the same date in " + tag);
        get("/PICTURE.GIF").field("Content-Type", "image/gif");
        wholeFile();
      }
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  @DisplayName("who has the file already is told so: If-None-Match")
  void ifNoneMatch() {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    Asked asked = ask("GET", "/digits.txt", "If-None-Match: " + tag);
    asked.status(304, "the client has it").body("").field("ETag", tag);
    asked.field("Content-Length", null);
    asked.field("Content-Type", null);
    ask("HEAD", "/digits.txt", "If-None-Match: " + tag).status(304, "HEAD is as GET");
    unchanged("If-None-Match: W/" + tag, "weak comparison: W/ makes no difference");
    unchanged("If-None-Match: \"x\", " + tag, "one of the list is it");
    unchanged("If-None-Match: W/\"x\" ,\t,W/" + tag + " , \"y\"", "one of the list is it");
    unchanged("If-None-Match: \"a,b\", " + tag, "a comma in quotes separates nothing");
    unchanged("If-None-Match: \"x\"\r\nIf-None-Match: " + tag, "two fields make one list");
    unchanged("If-None-Match: *", "any version will do");
    changed("If-None-Match: \"x\"", "another version");
    changed("If-None-Match: \"x," + tag.substring(1), "a comma in quotes separates nothing");
    changed("If-None-Match: " + tag.substring(1, tag.length() - 1), "a tag has quotes");
    changed("If-None-Match: " + tag.substring(0, tag.length() - 1), "a tag has two quotes");
    changed("If-None-Match: w/" + tag, "the W is upper case, so this is no list of tags");
    changed("If-None-Match: W/", "a W/ and no tag");
    changed("If-None-Match:", "no tag");
    changed(
        "If-None-Match: \"x\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
        "the date does not count when there are tags");
  }

  @Test
  @DisplayName("who has the file already is told so: If-Modified-Since")
  void ifModifiedSince() {
    unchanged("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "not changed after that second");
    unchanged("If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT", "not changed after that second");
    unchanged("If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT", "an old way to write dates");
    unchanged("If-Modified-Since: Sun Nov  6 08:49:37 1994", "asctime's way to write dates");
    changed("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "changed one second later");
    changed("If-Modified-Since: yesterday", "this is no date");
    changed("If-Modified-Since: 1994-11-06T08:49:37Z", "this is no date of HTTP's");
  }

  @Test
  @DisplayName("a date that is none, or not the only one, does not count")
  void dates() {
    changed("If-Modified-Since: Wed, 30 Feb 2028 08:49:37 GMT", "there is no such day");
    changed("If-Modified-Since: Mon, 06 Nov 1994 08:49:37 GMT", "that day was a Sunday");
    changed("If-Modified-Since: Sun, 06 Nov 1994 24:00:00 GMT", "the day ends before that");
    String date = "If-Modified-Since: Mon, 07 Nov 1994 08:49:37 GMT";
    changed(date + "\r\n" + date, "which of two dates should count?");
    met("If-Unmodified-Since: yesterday", "this is no date");
    String old = "If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT";
    met(old + "\r\n" + old, "which of two dates should count?");
  }

  @Test
  @DisplayName("who wants this version only gets no other one: If-Match")
  void ifMatch() {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    met("If-Match: " + tag, "it is this version");
    met("If-Match: \"x\", " + tag, "one of the list is it");
    met("If-Match: \"x\"\r\nIf-Match: " + tag, "two fields make one list");
    met("If-Match: W/\"x\", " + tag, "a weak tag in the list spoils nothing");
    met("If-Match: *", "any version will do");
    refused("If-Match: \"x\"", "another version");
    refused("If-Match: W/" + tag, "strong comparison: that version may differ in bytes");
    refused("If-Match: " + tag.substring(1, tag.length() - 1), "a tag has quotes");
    refused("If-Match:", "no tag is the file's");
    met(
        "If-Match: " + tag + "\r\nIf-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT",
        "the date does not count when there are tags");
  }

  @Test
  @DisplayName("who wants no later version gets none: If-Unmodified-Since")
  void ifUnmodifiedSince() {
    met("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "not changed after that second");
    met("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:38 GMT", "not changed after that second");
    refused("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "changed one second later");
    refused("If-Unmodified-Since: Sunday, 06-Nov-94 08:49:36 GMT", "an old way to write dates");
  }

  @Test
  @DisplayName("conditions have an order: refuse, spare, part, whole")
  void orderOfConditions() {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    refused("If-Match: \"x\"\r\nIf-None-Match: " + tag, "If-Match comes first");
    refused("If-Match: \"x\"\r\nRange: bytes=0-1", "If-Match comes before Range");
    refused(
        "If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT\r\nIf-None-Match: " + tag,
        "If-Unmodified-Since comes before If-None-Match");
    unchanged("If-Match: " + tag + "\r\nIf-None-Match: " + tag, "met, and not changed");
    unchanged("If-None-Match: " + tag + "\r\nRange: bytes=10-", "not changed, before any part");
    ask("HEAD", "/digits.txt", "If-Match: \"x\"").status(412, "HEAD is as GET").body("");
    for (String other : List.of("/nothing", "/sub")) {
      ask("GET", other, "If-Match: \"x\"")
          .status(get(other).answer.status(), "conditions are for answers with a file");
    }
    ask("POST", "/digits.txt", "If-Match: \"x\"").status(405, "it would be without conditions");
  }

  private void met(String field, String why) {
    changed(field, why);
  }

  private void refused(String field, String why) {
    Asked asked = ask("GET", "/digits.txt", field);
    asked.status(412, why).body("412 Precondition Failed\n");
  }

  @Test
  @DisplayName("what is said about a file is the same with all of it, a part of it and none of it")
  void sameFields() {
    for (String path : List.of("/digits.txt", "/big.bin")) {
      List<String> whole = fields(get(path).status(200, "the file is there"));
      Asked part = ask("GET", path, "Range: bytes=2-4").status(206, "a part of it");
      if (!fields(part).equals(whole)) {
        throw part.finding(
            "with a part, the fields that come with the whole (RFC 9110, section 15.3.7): " + whole,
            "others: " + fields(part));
      }
      Asked none = ask("GET", path, "If-None-Match: *").status(304, "the client has it");
      whole.removeIf(each -> !each.matches("(Date|ETag|Last-Modified|Cache-Control):.*"));
      if (whole.size() != 4 || !fields(none).equals(whole)) {
        throw none.finding(
            "Date, and ETag, Last-Modified and Cache-Control as with the file (RFC 9110, section"
                + " 15.4.5): "
                + whole,
            "others: " + fields(none));
      }
    }
  }

  /** What is said about the file; the rest is about how much of it there is. */
  private static List<String> fields(Asked asked) {
    List<String> fields = new ArrayList<>(asked.answer.fields());
    fields.removeIf(each -> each.matches("Content-(Length|Range):.*"));
    return fields;
  }

  @Test
  @DisplayName("a file of tomorrow has been changed now: Last-Modified is never after Date")
  void changedInTheFuture() throws IOException {
    for (String name : List.of("digits.txt", "big.bin")) {
      FileTime tomorrow = FileTime.fromMillis(millis + 86_400_000);
      Files.setLastModifiedTime(root.resolve(name), tomorrow);
      String date = HttpDate.text(Math.floorDiv(millis, 1000));
      Asked now = get("/" + name);
      now.field("Date", date);
      now.field("Last-Modified", date);
      millis += 1000;
      Asked later = ask("GET", "/" + name, "If-Modified-Since: " + date);
      later
          .status(200, "who knows what happened to it since")
          .field("Last-Modified", HttpDate.text(Math.floorDiv(millis, 1000)));
      ask("GET", "/" + name, "Range: bytes=0-1", "If-Range: " + later.answer.field("Last-Modified"))
          .status(200, "a date that moves along is no name of a version");
    }
  }

  private void unchanged(String field, String why) {
    ask("GET", "/digits.txt", field).status(304, why);
  }

  private void changed(String field, String why) {
    ask("GET", "/digits.txt", field).status(200, why).body(DIGITS);
  }

  @Test
  @DisplayName("a part of a file: Range")
  void ranges() {
    part("bytes=0-0", "0", "bytes 0-0/10");
    part("bytes=2-4", "234", "bytes 2-4/10");
    part("bytes=0-9", DIGITS, "bytes 0-9/10");
    part("bytes=7-", "789", "bytes 7-9/10");
    part("bytes=9-", "9", "bytes 9-9/10");
    part("bytes=8-99", "89", "bytes 8-9/10");
    part("bytes=8-99999999999999999999999", "89", "bytes 8-9/10");
    part("bytes=-3", "789", "bytes 7-9/10");
    part("bytes=-10", DIGITS, "bytes 0-9/10");
    part("bytes=-99999999999999999999999", DIGITS, "bytes 0-9/10");
    part("Bytes=2-4", "234", "bytes 2-4/10");
  }

  @Test
  @DisplayName("a part that is not there: 416")
  void unsatisfiable() {
    for (String range :
        List.of("bytes=10-", "bytes=10-10", "bytes=99999999999999999999999-", "bytes=-0")) {
      Asked asked = ask("GET", "/digits.txt", "Range: " + range);
      asked.status(416, "the file has the bytes 0 to 9").field("Content-Range", "bytes */10");
    }
  }

  @Test
  @DisplayName("a range that makes no sense is passed over")
  void ignoredRanges() {
    whole("bytes=4-2", "the end before the beginning");
    whole("bytes=12-11", "the end before the beginning, though both lie behind the file");
    whole("bytes=9223372036854775806-9223372036854775805", "the end before the beginning");
    whole("bytes=-", "nothing");
    whole("bytes=", "nothing");
    whole("bytes=a-b", "no numbers");
    whole("bytes=+1-2", "no numbers");
    whole("bytes= 1-2", "a space does not belong there");
    whole("lines=1-2", "a unit that nobody knows");
    whole("bytes=0-1,3-4", "several ranges: a server may give all");
    whole("bytes=0-1\r\nRange: bytes=3-4", "several ranges, though in two fields");
    whole("xbytes=0-1", "a unit that nobody knows");
    whole("bytes=0-1x", "no numbers");
    Asked empty = ask("GET", "/empty.txt", "Range: bytes=0-");
    empty.status(200, "an empty file has no part").body("");
  }

  private void part(String range, String body, String contentRange) {
    Asked asked = ask("GET", "/digits.txt", "Range: " + range);
    asked.status(206, "a part of " + DIGITS).body(body).field("Content-Range", contentRange);
    asked.field("Content-Length", String.valueOf(body.length()));
  }

  private void whole(String range, String why) {
    Asked asked = ask("GET", "/digits.txt", "Range: " + range);
    asked.status(200, why).body(DIGITS).field("Content-Range", null);
  }

  @Test
  @DisplayName("a part only of the version that the client has a part of: If-Range")
  void ifRange() {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    String date = "Sun, 06 Nov 1994 08:49:37 GMT";
    ifRange(tag, 206, "the same version");
    ifRange(date, 206, "the same version");
    ifRange("\"x\"", 200, "another version: its parts would not fit together");
    ifRange("W/" + tag, 200, "a weak tag: that version may differ in bytes");
    ifRange("Sun, 06 Nov 1994 08:49:38 GMT", 200, "another date, even a later one");
    ifRange("Sun, 06 Nov 1994 08:49:36 GMT", 200, "another date");
    ifRange("*", 200, "a star is no name of a version");
    Asked asked =
        ask("GET", "/digits.txt", "Range: bytes=2-4", "If-Range: " + tag, "If-None-Match: " + tag);
    asked.status(304, "first comes the question whether anything is to be sent");
  }

  @Test
  @DisplayName("a date names a version only when its second is over")
  void ifRangeInTheSameSecond() {
    String date = "Sun, 06 Nov 1994 08:49:37 GMT";
    millis = CHANGED.toEpochMilli() + 749;
    ifRange(date, 200, "it is 08:49:37 still: the file may be changed again, and keep its date");
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    ifRange(tag, 206, "the tag tells one version from the other, even in one second");
    millis++;
    ifRange(date, 206, "08:49:37 is over");
  }

  private void ifRange(String validator, int status, String why) {
    Asked asked = ask("GET", "/digits.txt", "If-Range: " + validator, "Range: bytes=2-4");
    asked.status(status, why).body(status == 206 ? "234" : DIGITS);
  }

  @Test
  @DisplayName("a file that changes is another version a second later")
  void changes() throws IOException {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    Files.writeString(root.resolve("digits.txt"), "9876543210");
    millis += 1000;
    Asked asked = ask("GET", "/digits.txt", "If-None-Match: " + tag);
    asked.status(200, "the file has been written anew").body("9876543210");
    if (tag.equals(asked.answer.field("ETag"))) {
      throw asked.finding("another ETag than before, " + tag, "the same");
    }
    Files.delete(root.resolve("digits.txt"));
    millis += 1000;
    get("/digits.txt").status(404, "the file is gone");
  }

  @Test
  @DisplayName("a small file is opened once in a second, a large one for each answer")
  void openings() throws IOException {
    Files.write(root.resolve("64k.bin"), Arrays.copyOf(big, 65_536));
    Files.write(root.resolve("64k1.bin"), Arrays.copyOf(big, 65_537));
    List<String> opened = new ArrayList<>();
    files =
        new StaticFiles(
            root,
            path -> {
              opened.add(path.getFileName().toString());
              return Resource.Opener.USUAL.open(path);
            });
    for (int i = 0; i < 3; i++) {
      get("/64k.bin").bytes(Arrays.copyOf(big, 65_536));
      get("/64k1.bin").bytes(Arrays.copyOf(big, 65_537));
    }
    opened(opened, "64k.bin", "64k1.bin", "64k1.bin", "64k1.bin");
    millis += 749;
    get("/64k.bin").status(200, "the file is there");
    opened(opened);
    millis++;
    get("/64k.bin").status(200, "the file is there");
    opened(opened, "64k.bin");
    millis -= 3_600_000;
    get("/64k.bin").status(200, "the file is there");
    opened(opened, "64k.bin");
  }

  private static void opened(List<String> actual, String... expected) {
    if (!actual.equals(List.of(expected))) {
      throw new Finding(
          List.of("64k.bin has 65,536 bytes, 64k1.bin has 65,537"),
          "opened, since the last look: " + List.of(expected),
          "opened: " + actual);
    }
    actual.clear();
  }

  @Test
  @DisplayName("paths that share a place in a table do not share a file")
  void twoPathsOnePlace() throws IOException {
    write("Aa", "the file Aa");
    write("BB", "the file BB");
    for (int i = 0; i < 2; i++) {
      get("/Aa").status(200, "the file is there").body("the file Aa");
      get("/BB").status(200, "the file is there").body("the file BB");
    }
    for (int i = 0; i < 300; i++) {
      write("n" + i, "the file n" + i);
    }
    for (int i = 0; i < 600; i++) {
      String name = "n" + i % 300;
      get("/" + name).status(200, "the file is there").body("the file " + name);
    }
  }

  @Test
  @DisplayName(
      "without a free descriptor the answer is 503, come again, and not that the file is gone")
  void noDescriptors() throws IOException {
    get("/digits.txt").status(200, "the file is there");
    // What is needed in distress is loaded before: this tells the same story once more.
    files =
        new StaticFiles(
            root,
            path -> {
              throw new FileSystemException(path.toString(), null, "Too many open files");
            });
    for (Asked each : distressed()) {
      unavailable(each);
    }
    files = new StaticFiles(root);
    get("/digits.txt").status(200, "the file is there");
    List<Asked> asked;
    try (NoDescriptors none = new NoDescriptors()) {
      asked = distressed();
      asked.add(get("/digits.txt"));
      asked.add(get("/nothing"));
    }
    asked.removeLast().status(404, "there is no such file, and to see that takes no descriptor");
    asked.removeLast().status(200, "it is in memory, as a file of this second").body(DIGITS);
    asked.forEach(StaticFilesTest::unavailable);
    get("/a%20b.txt").status(200, "descriptors are free again").body("a b");
    get("/big.bin").status(200, "descriptors are free again").bytes(big);
  }

  private List<Asked> distressed() {
    List<Asked> asked = new ArrayList<>();
    asked.add(get("/a%20b.txt"));
    asked.add(get("/big.bin"));
    asked.add(ask("GET", "/big.bin", "Range: bytes=0-1"));
    asked.add(ask("HEAD", "/big.bin"));
    return asked;
  }

  private static void unavailable(Asked asked) {
    asked.status(503, "the file is there, and cannot be opened now").field("Retry-After", "1");
    asked.field("ETag", null);
  }

  @Test
  @DisplayName("what fails otherwise has its own answer: gone, forbidden, broken")
  void failuresOfOpening() throws IOException {
    for (String path : List.of("/digits.txt", "/big.bin")) {
      files =
          new StaticFiles(
              root,
              each -> {
                throw new NoSuchFileException(each.toString());
              });
      get(path).status(404, "the file was deleted a moment ago");
      files =
          new StaticFiles(
              root,
              each -> {
                throw new AccessDeniedException(each.toString());
              });
      get(path).status(404, "a stranger need not learn that there is a file that he may not read");
      files =
          new StaticFiles(
              root,
              each -> {
                throw new FileSystemException(each.toString(), null, "Input/output error");
              });
      unavailable(get(path));
    }
  }

  @Test
  @DisplayName(
      "a file that is replaced between the look and the opening is one of the two, not both")
  void replacedAtTheOpening() throws IOException {
    for (String name : List.of("digits.txt", "big.bin")) {
      Path file = root.resolve(name);
      byte[] next = Files.readAllBytes(file);
      next[0] ^= 1;
      boolean[] once = {true};
      files =
          new StaticFiles(
              root,
              path -> {
                if (once[0]) {
                  once[0] = false;
                  replace(file, next);
                }
                return Resource.Opener.USUAL.open(path);
              });
      Asked during = get("/" + name);
      millis += 1000;
      Asked after = get("/" + name).status(200, "the new one is there");
      after.bytes(next);
      String tag = Objects.requireNonNull(after.answer.field("ETag"));
      boolean isNext = Arrays.equals(during.answer.body(), next);
      if (during.answer.status() == 503
          ? !"1".equals(during.answer.field("Retry-After"))
          : !isNext || !tag.equals(during.answer.field("ETag"))) {
        throw during.finding(
            "the new file with its ETag %s, or 503 with Retry-After: 1".formatted(tag),
            "%d, the new file's bytes: %b".formatted(during.answer.status(), isNext));
      }
    }
  }

  /** Puts another file at the place of one, as rsync and most editors do. */
  private void replace(Path file, byte[] content) throws IOException {
    Path next = Files.write(around.resolve("next"), content);
    Files.setLastModifiedTime(next, FileTime.from(CHANGED.plusSeconds(1)));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Does something to a file while its answer waits. */
  private interface Change {
    void to(Path file, byte[] content) throws IOException;
  }

  @Test
  @DisplayName("a file that is replaced while a slow reader has half of it goes out to its end")
  void replacedMeanwhile() throws IOException {
    Change replaced = this::replace;
    Change deleted = (file, _) -> Files.delete(file);
    for (Change each : List.of(replaced, deleted)) {
      byte[] large = large();
      String tag = Objects.requireNonNull(ask("HEAD", "/large.bin").answer.field("ETag"));
      Answer answer = Answer.read(slowly(each, large), 0, false);
      int at = Arrays.mismatch(answer.body(), large);
      if (at >= 0 || !tag.equals(answer.field("ETag"))) {
        throw new Finding(
            List.of(
                "▸ GET /large.bin, read slowly",
                "after the first bytes, another file takes the place of large.bin",
                "◂ ETag: " + answer.field("ETag")),
            "the file with the ETag %s, from its first to its last byte".formatted(tag),
            "the bytes differ from byte %,d".formatted(at));
      }
    }
  }

  @Test
  @DisplayName("a file that is written to while a slow reader has half of it is cut off")
  void changedMeanwhile() throws IOException {
    Change shortened =
        (file, _) -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(100_000);
          }
        };
    Change rewritten =
        (file, content) -> {
          byte[] next = content.clone();
          Arrays.fill(next, 2_000_000, 3_000_000, (byte) 'x');
          Files.write(file, next);
        };
    for (Change each : List.of(shortened, rewritten)) {
      byte[] large = large();
      quietly(() -> {
        byte[] received = slowly(each, large);
        if (received.length >= large.length) {
          throw new Finding(
              List.of(
                  "▸ GET /large.bin, read slowly",
                  "◂ 200, Content-Length: %,d".formatted(large.length),
                  "after the first bytes, large.bin is "
                      + (each == shortened ? "shortened" : "written anew"),
                  "◂ %,d bytes with the head".formatted(received.length)),
              "the connection ends early: by that the client learns that it has no whole file",
              "as many bytes as were announced, and not of one version");
        }
      });
    }
  }

  private byte[] large() throws IOException {
    byte[] large = new byte[4 * 1024 * 1024];
    new Random(2).nextBytes(large);
    Files.write(root.resolve("large.bin"), large);
    Files.setLastModifiedTime(root.resolve("large.bin"), FileTime.from(CHANGED));
    return large;
  }

  /** What a slow reader of large.bin gets if the file changes when some of it has arrived. */
  private byte[] slowly(Change change, byte[] content) {
    try (Served served = new Served(0, files)) {
      Peer client = served.client("snail", 16 * 1024).readsUpTo(8 * 1024);
      client.send("GET /large.bin HTTP/1.0\r\n\r\n").expect(1000).neverReads();
      served.drive();
      if (client.received().length > content.length / 2) {
        throw new IllegalStateException("too late to change the file: the client has it");
      }
      byte[] next = content.clone();
      next[next.length - 1] ^= 1;
      change.to(root.resolve("large.bin"), next);
      client.readsUpTo(8 * 1024).expectEnd();
      served.drive();
      return client.received();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("on the real kernel, too, a file that is replaced goes out to its end")
  void replacedOnTheRealKernel() throws IOException {
    byte[] large = large();
    String tag = Objects.requireNonNull(ask("HEAD", "/large.bin").answer.field("ETag"));
    byte[] next = large.clone();
    Arrays.fill(next, 1_000_000, next.length, (byte) 'x');
    try (HttpServer server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), files);
        Socket client = new Socket()) {
      client.setReceiveBufferSize(8 * 1024);
      client.connect(server.address());
      client.setSoTimeout(20_000);
      client.getOutputStream().write(Wire.bytes("GET /large.bin HTTP/1.0\r\n\r\n"));
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      received.writeBytes(client.getInputStream().readNBytes(1000));
      replace(root.resolve("large.bin"), next);
      received.writeBytes(client.getInputStream().readAllBytes());
      Answer answer = Answer.read(received.toByteArray(), 0, false);
      int at = Arrays.mismatch(answer.body(), large);
      if (at >= 0 || !tag.equals(answer.field("ETag"))) {
        throw new Finding(
            List.of("▸ GET /large.bin", "◂ ETag: " + answer.field("ETag")),
            "the file with the ETag %s, from its first to its last byte".formatted(tag),
            "the bytes differ from byte %,d".formatted(at));
      }
    }
  }

  @Test
  @DisplayName("every answer gives its descriptor back, also one that has no body or is cut off")
  void descriptorsComeBack() throws IOException {
    List<FileChannel> opened = new ArrayList<>();
    files =
        new StaticFiles(
            root,
            path -> {
              FileChannel channel = Resource.Opener.USUAL.open(path);
              opened.add(channel);
              return channel;
            });
    get("/big.bin").bytes(big);
    get("/digits.txt").body(DIGITS);
    ask("HEAD", "/big.bin").status(200, "the file is there");
    ask("GET", "/big.bin", "If-None-Match: *").status(304, "any version will do");
    ask("GET", "/big.bin", "If-Match: \"x\"").status(412, "another version");
    ask("GET", "/big.bin", "Range: bytes=999999-").status(416, "the file is shorter");
    byte[] large = large();
    quietly(() -> slowly((file, _) -> Files.writeString(file, "short"), large));
    try (Served served = new Served(0, files)) {
      Peer client = served.client("gone", 16 * 1024).readsUpTo(8 * 1024);
      client.send("GET /large.bin HTTP/1.0\r\n\r\n").expect(100).reset();
      Files.write(root.resolve("large.bin"), large);
      served.drive();
    }
    long left = opened.stream().filter(FileChannel::isOpen).count();
    if (left > 0) {
      throw new Finding(
          List.of("200, HEAD, 304, 412, 416, one that is cut off, one whose client is gone"),
          "no file is open any more; %d were".formatted(opened.size()),
          left + " are");
    }
  }

  @Test
  @DisplayName("whatever the kernel does, every client gets its answers, whole and in order")
  void manyClients() {
    String body = "GET /digits.txt HTTP/1.1\r\n\r\n";
    String requests =
        "GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 29\r\n\r\n"
            + body
            + "x"
            + "GET /big.bin HTTP/1.1\r\nHost: a\r\n\r\n"
            + "POST /digits.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1c;a=b\r\n"
            + body
            + "\r\n0\r\nTrailer: x\r\n\r\n"
            + "GET /big.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=9-70008\r\n\r\n"
            + "GET /a%20b.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            + "GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n";
    List<String> answers =
        List.of(
            "200 " + DIGITS,
            "404",
            "200 " + Wire.text(big),
            "405",
            "206 " + Wire.text(Arrays.copyOfRange(big, 9, 70_009)),
            "200 a b");
    Seeds.each(
        12,
        seed -> {
          try (Served served = new Served(seed, files, MENU)) {
            List<Peer> clients = new ArrayList<>();
            clients.add(served.client("alice").send(requests));
            clients.add(served.client("bob", 4096).readsUpTo(1000).send(requests));
            Peer carol = served.client("carol").readsUpTo(100_000);
            int cut = new Random(seed).nextInt(1, requests.length());
            clients.add(
                carol
                    .send(requests.substring(0, cut))
                    .pause(Duration.ofMillis(5))
                    .send(requests.substring(cut)));
            clients.forEach(Peer::expectEnd);
            served.drive();
            for (Peer each : clients) {
              served.expect(each, answers);
            }
          }
        });
  }

  @Test
  @DisplayName("a slow reader of a large file does not make the server keep it")
  void slowReader() throws IOException {
    byte[] large = new byte[4 * 1024 * 1024];
    new Random(2).nextBytes(large);
    Files.write(root.resolve("large.bin"), large);
    try (Served served = new Served(0, files, Fault.PARTIAL_WRITES)) {
      Peer client = served.client("snail", 16 * 1024).readsUpTo(8 * 1024);
      client.send("GET /large.bin HTTP/1.0\r\n\r\n").expectEnd();
      served.drive();
      served.expect(client, List.of("200 " + Wire.text(large)));
      if (served.buffers.most() > 512 * 1024) {
        throw served.finding(
            "a file of 4 MiB passes through in pieces: less than 512 KiB wait at any time",
            "%,d bytes waited at once".formatted(served.buffers.most()));
      }
      if (served.buffers.bytes() != 0) {
        throw served.finding(
            "no memory is lent any more", "%,d bytes".formatted(served.buffers.bytes()));
      }
    }
  }

  @Test
  @DisplayName("requests that arrive together are answered together: one recv, one send")
  void oneSend() {
    try (Served served = new Served(0, files)) {
      String request = "GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n";
      Peer client = served.client("alice").send(request.repeat(16));
      served.drive();
      served.expect(client, Collections.nCopies(16, "200 " + DIGITS));
      long sends = served.recording.count("send");
      if (sends != 1) {
        throw served.finding("one send for 16 answers", sends + " sends");
      }
    }
  }

  @Test
  @DisplayName("who asks for a thousand things at once does not keep the others waiting")
  void takesTurns() {
    int many = 1_000;
    List<Integer> answeredBefore = new ArrayList<>();
    int[] answered = {0};
    Handler counts =
        (request, response) -> {
          if (request.targetText().equals("/a%20b.txt")) {
            answeredBefore.add(answered[0]);
          }
          answered[0]++;
          files.handle(request, response);
        };
    try (Served served = new Served(0, counts)) {
      Peer greedy = served.client("greedy");
      greedy.send("GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n".repeat(many));
      served.kernel.advance(Duration.ofSeconds(1));
      Peer modest = served.client("modest");
      modest.send("GET /a%20b.txt HTTP/1.1\r\nHost: a\r\n\r\n");
      served.kernel.advance(Duration.ofSeconds(1));
      served.drive();
      served.expect(modest, List.of("200 a b"));
      served.expect(greedy, Collections.nCopies(many, "200 " + DIGITS));
      if (answeredBefore.getFirst() > 100) {
        throw served.finding(
            "less than 100 answers before modest's, whose request was there when they began",
            "%,d answers".formatted(answeredBefore.getFirst()));
      }
    }
  }

  @Test
  @DisplayName("what is no request ends the connection, and what follows it is no request either")
  void refusesAndCloses() {
    String good = "GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n";
    refusal(good + "GET / HTTP/1.1\r\n\r\n" + good, "200 " + DIGITS, "400");
    refusal(good + "GET digits.txt HTTP/1.1\r\nHost: a\r\n\r\n" + good, "200 " + DIGITS, "400");
    refusal("BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + good, "501");
    refusal("GET / HTTP/1.1\r\nX: " + "a".repeat(100_000), "431");
    refusal("GET /" + "a".repeat(100_000), "414");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 29\r\n\r\n", "405");
    refusal("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n" + good, "405");
    refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+4\r\n" + good, "405");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4 4\r\n" + good, "405");
    refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\n" + good, "405");
    refusal("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\n" + good, "405");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n12345678123456781\r\n"
            + good,
        "405");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4;a\rb\r\n" + good, "405");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\n" + good,
        "405");
    refusal(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n" + good,
        "405");
  }

  @Test
  @DisplayName("no answer to HEAD has a body, not even one that ends the connection")
  void refusesHead() {
    Handler fails =
        (_, _) -> {
          throw new IllegalStateException("as the test wants it");
        };
    quietly(() -> {
      headOnly(files, "HEAD digits.txt HTTP/1.1\r\nHost: a\r\n\r\n", 400);
      headOnly(files, "HEAD / HTTP/1.1\r\n\r\n", 400);
      headOnly(fails, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 500);
    });
  }

  private static void headOnly(Handler handler, String sent, int status) {
    try (Served served = new Served(0, handler)) {
      Peer client = served.client("alice").send(sent).expectEnd();
      served.drive();
      byte[] received = client.received();
      Answer answer = Answer.read(received, 0, true);
      int more = received.length - answer.end();
      if (answer.status() != status || more > 0) {
        throw served.finding(
            "the head of a %d, and nothing behind it".formatted(status),
            "a %d, and %d bytes behind its head".formatted(answer.status(), more));
      }
    }
  }

  private void refusal(String sent, String... answers) {
    try (Served served = new Served(0, files)) {
      Peer client = served.client("mallory").send(sent).expectEnd();
      served.drive();
      served.expect(client, List.of(answers));
      if (client.sawReset()) {
        throw served.finding(
            "the connection ends in order, so that the answer is read", "it was reset");
      }
    }
  }

  @Test
  @DisplayName(
      "a handler that fails is a 500, a stream that fails is cut, and a lost one is closed")
  void failures() {
    Handler fails =
        (request, response) -> {
          response.status(200);
          throw new IllegalStateException("as the test wants it");
        };
    quietly(() -> {
      try (Served served = new Served(0, fails)) {
        Peer client = served.client("alice").send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.expectEnd();
        served.drive();
        served.expect(client, List.of("500"));
      }
      int[] closed = {0};
      try (Served served = new Served(0, streaming(100, closed))) {
        Peer client = served.client("bob").send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.expectEnd();
        served.drive();
        if (closed[0] != 1 || client.received().length == 0) {
          throw served.finding(
              "the beginning arrives, and the stream is closed once", closed[0] + " times");
        }
      }
    });
    int[] closed = {0};
    try (Served served = new Served(0, streaming(Integer.MAX_VALUE, closed))) {
      served
          .client("carol", 4096)
          .neverReads()
          .send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
          .pause(Duration.ofMillis(5))
          .reset();
      served.drive();
      if (closed[0] != 1) {
        throw served.finding("the client is gone, so its stream is closed", closed[0] + " times");
      }
    }
  }

  /** Answers with a stream of unknown length that fails after so many pieces. */
  private static Handler streaming(int pieces, int[] closed) {
    return (request, response) ->
        response.status(200).stream(
            ResponseWriter.UNKNOWN,
            new Body() {
              private int left = pieces;

              @Override
              public long read(MemorySegment into, long room) throws IOException {
                if (left-- == 0) {
                  throw new IOException("as the test wants it");
                }
                return 1000;
              }

              @Override
              public void close() {
                closed[0]++;
              }
            });
  }

  /** Runs what makes the server write to its log. */
  private static void quietly(Runnable code) {
    Logger log = Logger.getLogger("readiness.server");
    Level level = log.getLevel();
    log.setLevel(Level.OFF);
    try {
      code.run();
    } finally {
      log.setLevel(level);
    }
  }

  @Test
  @DisplayName("a small file costs one recv, one send and its share of a wait, and no epoll_ctl")
  void budgetOfCalls() {
    Linux linux = new Linux();
    Recording recording = Recording.of(linux, new LinuxEpoll());
    try (Exchange exchange = new Exchange(linux, recording, recording, http())) {
      exchange.run();
      recording.clear();
      for (int i = 0; i < 100; i++) {
        exchange.run();
      }
      for (String call : List.of("recv", "send", "epoll_wait")) {
        if (recording.count(call) != 100) {
          throw new Finding(
              recording.tail(12),
              "100 requests, and %s once for each".formatted(call),
              "%,d times".formatted(recording.count(call)));
        }
      }
      if (recording.calls() != 300) {
        throw new Finding(
            recording.tail(12),
            "100 requests, 300 calls",
            "%,d calls".formatted(recording.calls()));
      }
    }
  }

  @Test
  @DisplayName("a small file that was asked for just now costs no allocation")
  void budgetOfMemory() {
    // The crossing into the kernel allocates by itself until the best compiler has seen to it. So
    // what counts is what HTTP adds to a protocol that answers without looking, in any of many
    // rounds: the first ones are made by code that is not compiled yet.
    long bare = 0;
    long served = Long.MAX_VALUE;
    try (Exchange deaf = new Exchange(new Linux(), new LinuxEpoll(), Deaf::new);
        Exchange http = new Exchange(new Linux(), new LinuxEpoll(), http())) {
      for (int round = 0; round < 100 && served > bare; round++) {
        served = http.allocated();
        bare = deaf.allocated();
      }
    }
    if (served > bare) {
      throw new Finding(
          List.of(
              "a protocol that answers without looking: %,d bytes for each exchange"
                  .formatted(bare),
              "HTTP, GET /digits.txt, again and again: %,d bytes".formatted(served)),
          "HTTP allocates nothing: the file is one of the recent ones, and a slice is an object"
              + " too",
          "%,d bytes for each request".formatted(served - bare));
    }
  }

  private HttpProtocol http() {
    return new HttpProtocol(files, Limits.USUAL, () -> 0);
  }

  /** Answers whatever comes with what an HTTP server might answer. */
  private static final class Deaf implements Protocol {
    private static final MemorySegment ANSWER = Arena.ofAuto().allocate(248);

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      connection.send(ANSWER, 0, ANSWER.byteSize());
      return to - from;
    }
  }

  /** A request and its answer on a connection that stays open, client and loop on one thread. */
  private static final class Exchange implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MemorySegment request =
        Wire.memory("GET /digits.txt HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n");
    private final MemorySegment answer = Arena.ofAuto().allocate(4096);
    private final Linux linux;
    private final EventLoop loop;
    private final int client;

    Exchange(Linux linux, Epoll epoll, Supplier<Protocol> protocol) {
      this(linux, linux, epoll, protocol);
    }

    Exchange(Linux linux, Sockets sockets, Epoll epoll, Supplier<Protocol> protocol) {
      this.linux = linux;
      loop = new EventLoop(sockets, epoll, () -> 0, new SpareBuffers());
      int listener = loop.listen(new InetSocketAddress("127.0.0.1", 0), 8, protocol);
      client = linux.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, 0);
      linux.connect(client, Objects.requireNonNull(linux.getsockname(listener)));
      loop.turn();
    }

    /** Bytes that one exchange of a hundred allocates, rounded up. */
    long allocated() {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        run();
      }
      return (THREADS.getCurrentThreadAllocatedBytes() - before + 99) / 100;
    }

    void run() {
      linux.send(client, request, 0, request.byteSize(), 0);
      loop.turn();
      linux.recv(client, answer, 0, answer.byteSize(), 0);
    }

    @Override
    public void close() {
      linux.close(client);
      loop.close();
    }
  }

  @Test
  @DisplayName("the JDK's client gets every file, many at once, and keeps its connections")
  void realClient() {
    get("/digits.txt").status(200, "so far without a network").body(DIGITS);
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    try (HttpServer server = HttpServer.start(any, files);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI home = URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
      for (int round = 0; round < 4; round++) {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          asked.add(fetch(client, home.resolve("digits.txt"), 200, Wire.bytes(DIGITS), wrong));
          asked.add(fetch(client, home.resolve("big.bin"), 200, big, wrong));
          asked.add(fetch(client, home.resolve("nothing"), 404, null, wrong));
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
      }
    }
    if (!wrong.isEmpty()) {
      throw new Finding(wrong, "each answer is what was asked for", wrong.size() + " are not");
    }
  }

  private static CompletableFuture<?> fetch(
      HttpClient client, URI uri, int status, byte @Nullable [] body, List<String> wrong) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .handle((answer, failure) -> {
          if (failure != null) {
            wrong.add(uri + ": " + failure);
          } else if (answer.statusCode() != status
              || (body != null && !Arrays.equals(answer.body(), body))) {
            wrong.add(
                "%s: %d, %,d bytes".formatted(uri, answer.statusCode(), answer.body().length));
          }
          return null;
        });
  }

  private Asked get(String path) {
    return ask("GET", path);
  }

  /** Has {@link StaticFiles} answer one request, without a network. */
  private Asked ask(String method, String path, String... fields) {
    String request = begin(method, path, fields);
    handle(request);
    MemorySegment piece = Arena.ofAuto().allocate(64 * 1024);
    try (Body body = writer.takeStream()) {
      if (body != null) {
        for (long n = body.read(piece, 65536); n > 0; n = body.read(piece, 65536)) {
          writer.piece(piece, n);
        }
        writer.end();
      }
    } catch (IOException e) {
      throw new Finding(Wire.show(request), "the file's bytes", e.toString());
    }
    writer.flush();
    byte[] bytes = sent.toByteArray();
    sent.reset();
    return new Asked(request, Answer.read(bytes, 0, method.equals("HEAD")), "");
  }

  /** Has a request read, and its answer begun. */
  private String begin(String method, String path, String... fields) {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    for (String each : fields) {
      text.append(each).append("\r\n");
    }
    // Last, because a field counts also if it is the first one.
    String request = text.append("Host: a\r\n\r\n").toString();
    parser.next();
    if (parser.parse(Wire.memory(request), 0, request.length()) < 0) {
      throw new IllegalStateException("the test's request is none: " + request);
    }
    writer.begin(method.equals("HEAD"), true, true);
    return request;
  }

  /** What the code throws is told with the request that made it throw. */
  private void handle(String request) {
    try {
      files.handle(parser.request(), writer);
    } catch (NotYet e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Finding(Wire.show(request), "an answer", e.toString(), e);
    }
  }

  /** A request and its answer. */
  private record Asked(String request, Answer answer, String why) {
    Asked status(int expected, String why) {
      if (answer.status() != expected) {
        throw finding(
            "%d: %s".formatted(expected, why), "%d%s".formatted(answer.status(), secret()));
      }
      return new Asked(request, answer, ": " + why);
    }

    private String secret() {
      return answer.text().contains(SECRET) ? ", and the file beside the folder" : "";
    }

    void field(String name, @Nullable String expected) {
      String actual = answer.field(name);
      if (!Objects.equals(actual, expected)) {
        throw finding(
            expected == null ? "no " + name : name + ": " + expected,
            actual == null ? "no " + name : name + ": " + actual);
      }
    }

    Asked body(String expected) {
      if (!answer.text().equals(expected)) {
        throw finding("the body " + Wire.escape(expected) + why, Wire.escape(answer.text()));
      }
      return this;
    }

    void bytes(byte[] expected) {
      int at = Arrays.mismatch(answer.body(), expected);
      if (at >= 0) {
        throw finding(
            "the file's %,d bytes".formatted(expected.length),
            "%,d bytes, and they differ from byte %,d".formatted(answer.body().length, at));
      }
    }

    Finding finding(String expected, String observed) {
      List<String> trace = new ArrayList<>();
      Wire.show(request).forEach(each -> trace.add("▸ " + each));
      trace.add("◂ " + answer.status());
      answer.fields().forEach(each -> trace.add("◂ " + each));
      return new Finding(trace, expected, observed);
    }
  }
}
