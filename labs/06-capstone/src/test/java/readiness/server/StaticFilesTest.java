package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.kernel.Finding;
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
  private long nanos;
  private StaticFiles files;
  private byte[] big;

  private final RequestParser parser = new RequestParser(Limits.USUAL);
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ResponseWriter writer =
      new ResponseWriter(
          Arena.ofAuto().allocate(64 * 1024),
          new ResponseWriter.DateField(() -> 0, HttpDate::text),
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
    files = new StaticFiles(root, () -> nanos);
  }

  private void write(String name, String content) throws IOException {
    Path path = root.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    Files.setLastModifiedTime(path, FileTime.from(CHANGED));
  }

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
    get("/nothing").status(404, "there is no such file").field("Content-Length", "14");
    get("/digits.txt/").status(404, "a file is no folder");
    get("/digits.txt/index.html").status(404, "a file is no folder");
    get("/sub//page.html").status(404, "there is no file without a name");
    get("//sub").status(404, "a redirect to //sub/ would send people to a host named sub");
    get("/DIGITS.TXT").status(404, "another name");
  }

  @Test
  @DisplayName("names are percent-decoded, once")
  void names() {
    get("/a%20b.txt").status(200, "%20 is a space").body("a b");
    get("/a%2520b.txt")
        .status(200, "%25 is a percent sign, and what follows it is itself")
        .body("a%20b");
    get("/a+b.txt").status(200, "a plus is a plus: it is a space in forms only").body("a+b");
    get("/%64igit%73.txt").status(200, "%64 is a d").body(DIGITS);
    get("/digits.txt%").status(404, "a percent sign without two digits").body("404 Not Found\n");
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
    files = new StaticFiles(door, () -> nanos);
    get("/digits.txt").status(200, "the folder itself was named by a link").body(DIGITS);
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
    whole("bytes=-", "nothing");
    whole("bytes=", "nothing");
    whole("bytes=a-b", "no numbers");
    whole("bytes=+1-2", "no numbers");
    whole("bytes= 1-2", "a space does not belong there");
    whole("lines=1-2", "a unit that nobody knows");
    whole("bytes=0-1,3-4", "several ranges: a server may give all");
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
    Asked asked =
        ask("GET", "/digits.txt", "Range: bytes=2-4", "If-Range: " + tag, "If-None-Match: " + tag);
    asked.status(304, "first comes the question whether anything is to be sent");
  }

  private void ifRange(String validator, int status, String why) {
    Asked asked = ask("GET", "/digits.txt", "Range: bytes=2-4", "If-Range: " + validator);
    asked.status(status, why).body(status == 206 ? "234" : DIGITS);
  }

  @Test
  @DisplayName("a file that changes is another version a second later")
  void changes() throws IOException {
    String tag = Objects.requireNonNull(get("/digits.txt").answer.field("ETag"));
    Files.writeString(root.resolve("digits.txt"), "9876543210");
    nanos += 1_000_000_000;
    Asked asked = ask("GET", "/digits.txt", "If-None-Match: " + tag);
    asked.status(200, "the file has been written anew").body("9876543210");
    if (tag.equals(asked.answer.field("ETag"))) {
      throw asked.finding("another ETag than before, " + tag, "the same");
    }
    Files.delete(root.resolve("digits.txt"));
    nanos += 1_000_000_000;
    get("/digits.txt").status(404, "the file is gone");
  }

  private Asked get(String path) {
    return ask("GET", path);
  }

  /** Has {@link StaticFiles} answer one request, without a network. */
  private Asked ask(String method, String path, String... fields) {
    StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\nHost: a\r\n".formatted(method, path));
    for (String each : fields) {
      text.append(each).append("\r\n");
    }
    String request = text.append("\r\n").toString();
    parser.next();
    if (parser.parse(Wire.memory(request), 0, request.length()) < 0) {
      throw new IllegalStateException("the test's request is none: " + request);
    }
    writer.begin(method.equals("HEAD"), true, true);
    files.handle(parser.request(), writer);
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
