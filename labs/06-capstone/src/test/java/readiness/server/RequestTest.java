package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.testing.Allocations;
import readiness.testing.Step;

/**
 * Requests byte by byte, after the manner of picohttpparser's and llhttp's tests: what is a
 * request, what is not, and that neither depends on where the network cut it.
 */
@Step("http-request")
@Tag("http-request")
final class RequestTest {
  /** In a vector, stands before the byte that makes it wrong. */
  private static final String MARK = "▲";

  private static final String SIMPLE = "GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n";

  /** Requests, and what they say. */
  private static final List<Accepted> ACCEPTED =
      List.of(
          new Accepted(SIMPLE, "GET /index.html, HTTP/1.1, kept, no body"),
          new Accepted(
              "GET / HTTP/1.1\r\nhOST:a\r\nX-Empty:\r\nX-Spaces: \t b c \t\r\n\r\n",
              "GET /, HTTP/1.1, kept, no body"),
          new Accepted(
              "\r\n\r\nHEAD /a?b=c#d HTTP/1.1\r\nHost: a:80\r\n\r\n",
              "HEAD /a?b=c#d, HTTP/1.1, kept, no body"),
          new Accepted("GET / HTTP/1.0\r\n\r\n", "GET /, HTTP/1.0, not kept, no body"),
          new Accepted(
              "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET /, HTTP/1.0, kept, no body"),
          new Accepted(
              "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
              "GET /, HTTP/1.0, not kept, no body"),
          new Accepted(
              "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade , Close\r\n\r\n",
              "GET /, HTTP/1.1, not kept, no body"),
          new Accepted(
              "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n",
              "GET /, HTTP/1.1, kept, no body"),
          new Accepted("GET / HTTP/1.9\r\nHost: a\r\n\r\n", "GET /, HTTP/1.1, kept, no body"),
          new Accepted(
              "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
              "POST /p, HTTP/1.1, kept, body of 5"),
          new Accepted(
              "POST /p HTTP/1.1\r\nHost: a\r\ncontent-length:  007 \r\n\r\n",
              "POST /p, HTTP/1.1, kept, body of 7"),
          new Accepted(
              "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n",
              "POST /p, HTTP/1.1, kept, body of 9223372036854775807"),
          new Accepted(
              "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
              "GET /, HTTP/1.1, kept, no body"),
          new Accepted(
              "PUT /p HTTP/1.1\r\nTransfer-Encoding: Chunked\r\nHost: a\r\n\r\n",
              "PUT /p, HTTP/1.1, kept, body in chunks"),
          new Accepted(
              "BREW /pot HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
              "OTHER /pot, HTTP/1.1, kept, no body"),
          new Accepted("get / HTTP/1.1\r\nHost:\r\n\r\n", "OTHER /, HTTP/1.1, kept, no body"),
          new Accepted(
              "OPTIONS * HTTP/1.1\r\nHost: a\r\nX: \u00fc\u00ff\r\n\r\n",
              "OPTIONS *, HTTP/1.1, kept, no body"),
          new Accepted(
              "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET http://a/b, HTTP/1.1, kept, no body"));

  private static final List<Refused> LINE_ENDS =
      List.of(
          new Refused(
              "GET / HTTP/1.1▲\nHost: a\r\n\r\n", 400, "a bare LF: not everyone ends a line there"),
          new Refused("GET / HTTP/1.1\r\nHost: a▲\n\r\n", 400, "a bare LF behind a field"),
          new Refused(
              "GET / HTTP/1.1\r\nHost: a\r\n▲\nGET /b HTTP/1.1\r\n\r\n",
              400,
              "a bare LF for the empty line: the head would end here for some and not for others"),
          new Refused(
              "GET / HTTP/1.1\r\nHost: a\r\nX: b▲\rY: c\r\n\r\n",
              400,
              "a bare CR: some take it for the end of a line"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\n▲\r\r\n\r\n", 400, "a bare CR"),
          new Refused("▲\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a bare LF before the request"));

  private static final List<Refused> REQUEST_LINES =
      List.of(
          new Refused("▲ GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "nothing stands before a method"),
          new Refused("GET ▲ / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "one space, not two"),
          new Refused("GET▲\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a space, not a tab"),
          new Refused("G▲(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "no method has a parenthesis"),
          new Refused("GET▲\r\nHost: a\r\n\r\n", 400, "there is no target"),
          new Refused("GET /▲\r\nHost: a\r\n\r\n", 400, "there is no version: that was HTTP/0.9"),
          new Refused(
              "GET /a▲\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a NUL is no part of a target"),
          new Refused(
              "GET /▲\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a target is ASCII: this is %C3%A4"),
          new Refused("GET /a ▲b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a target has no space: %20"),
          new Refused("GET / ▲http/1.1\r\nHost: a\r\n\r\n", 400, "the version is upper case"),
          new Refused("GET / HTTP/1▲\r\nHost: a\r\n\r\n", 400, "a version has two digits"),
          new Refused("GET / HTTP/1▲,1\r\nHost: a\r\n\r\n", 400, "a version has a dot"),
          new Refused("GET / HTTP/1.▲x\r\nHost: a\r\n\r\n", 400, "a version has two digits"),
          new Refused(
              "GET / HTTP/1.1▲ \r\nHost: a\r\n\r\n", 400, "nothing stands behind a version"),
          new Refused("GET / HTTP/1.1▲0\r\nHost: a\r\n\r\n", 400, "a version has two digits"),
          new Refused("PRI * HTTP/▲2.0\r\n\r\n", 505, "HTTP/2 is another protocol"),
          new Refused("GET / HTTP/▲0.9\r\n\r\n", 505, "HTTP/0.9 is another protocol"),
          new Refused(
              "\u0016\u0003\u0001▲\u0002\u0000\u0001\r\n\r\n",
              400,
              "this is a TLS client's hello"));

  private static final List<Refused> FIELDS =
      List.of(
          new Refused(
              "GET / HTTP/1.1\r\nHost: a\r\nContent-Length▲ : 5\r\n\r\n",
              400,
              "white space before the colon: some read the field, some skip it"),
          new Refused(
              "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n▲ Content-Length: 5\r\n\r\n",
              400,
              "a line that begins with a space went on with the one before, in the old days"),
          new Refused("GET / HTTP/1.1\r\n▲\tHost: a\r\n\r\n", 400, "a line that begins with a tab"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX▲\r\n\r\n", 400, "a field has a colon"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\n▲: b\r\n\r\n", 400, "a field has a name"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX▲\0: b\r\n\r\n", 400, "a name has no NUL"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX▲\u00e4: b\r\n\r\n", 400, "a name is ASCII"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX: b▲\0c\r\n\r\n", 400, "a value has no NUL"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX: b▲\u001bc\r\n\r\n", 400, "nor an ESC"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\nX: ▲\u007f\r\n\r\n", 400, "nor a DEL"),
          new Refused("GET / HTTP/1.1\r\n▲\r\n", 400, "HTTP/1.1 without Host"),
          new Refused("GET / HTTP/1.1\r\nHost: a\r\n▲Host: b\r\n\r\n", 400, "two hosts"),
          new Refused("GET / HTTP/1.0\r\nHost: a\r\n▲Host: a\r\n\r\n", 400, "two hosts"),
          new Refused("GET / HTTP/1.1\r\nHost: a▲/b\r\n\r\n", 400, "no host has a slash"));

  private static final List<Refused> LENGTHS =
      List.of(
          length("▲+5", "a sign is not a digit, though Long.parseLong takes it"),
          length("▲-5", "a sign is not a digit"),
          length("5▲, 5", "one number: whoever takes the first, and whoever takes the last …"),
          length("5▲ 5", "one number"),
          length("▲", "a number has a digit"),
          length("▲0x5", "decimal digits"),
          length("5▲.0", "decimal digits"),
          length("▲\u00b2", "decimal digits"),
          length("▲9223372036854775808", "more than a long holds"),
          length("▲18446744073709551621", "modulo 2^64 that is 5"),
          new Refused(
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n▲Content-Length: 6\r\n\r\n",
              400,
              "two lengths: one reader goes by the first, another by the last"),
          new Refused(
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n▲Content-Length: 5\r\n\r\n",
              400,
              "two lengths, and that they are equal is no excuse here"));

  private static final List<Refused> CODINGS =
      List.of(
          new Refused(
              "POST / HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Content-Length: 4\r\n"
                  + "▲Transfer-Encoding: chunked\r\n\r\n",
              400,
              "a length and chunks: two ways to find the end, and two readers take one each"),
          new Refused(
              "POST / HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Transfer-Encoding: chunked\r\n"
                  + "▲Content-Length: 0\r\n\r\n",
              400,
              "chunks and a length"),
          coding("▲gzip", 400, "nothing says where the body ends"),
          coding("▲identity", 400, "nothing says where the body ends"),
          coding("▲", 400, "nothing says where the body ends"),
          coding("chunked▲, gzip", 400, "chunked is not the last"),
          coding("chunked▲, chunked", 400, "chunked twice"),
          coding("chunked\r\nTransfer-Encoding: ▲chunked", 400, "two fields make one list"),
          coding("chunked\r\nTransfer-Encoding: ▲identity", 400, "chunked is not the last"),
          coding("▲xchunked", 400, "this is not chunked"),
          coding("▲chunked;q=1", 400, "this is not chunked"),
          coding("▲\"chunked\"", 400, "this is not chunked"),
          coding("▲\u000bchunked", 400, "a vertical tab is no white space here"),
          coding("▲gzip, chunked", 501, "the end can be found, but nobody here undoes gzip"),
          coding("▲gzip\r\nTransfer-Encoding: chunked", 501, "nobody here undoes gzip"),
          new Refused(
              "POST / HTTP/1.0\r\nTransfer-Encoding: ▲chunked\r\n\r\n",
              400,
              "HTTP/1.0 has no chunks: whoever passed this on did not understand it"));

  private static Refused length(String value, String why) {
    return new Refused(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + value + "\r\n\r\n", 400, why);
  }

  private static Refused coding(String value, int status, String why) {
    return new Refused(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + value + "\r\n\r\n", status, why);
  }

  private final MemorySegment memory = Arena.ofAuto().allocate(256 * 1024);

  @Test
  @DisplayName("a request's parts are offsets into the bytes that came")
  void findsTheParts() {
    String text =
        "POST /a/b?c=d HTTP/1.1\r\nHost: example:80\r\nX-Empty:\r\naccept: \t x, y \t\r\n"
            + "ACCEPT:z\r\n\r\n";
    RequestParser parser = parser();
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw unread(text, answer, parser);
    }
    Request request = parser.request();
    same(text, "the method", "POST", request.method().toString());
    same(text, "the target", "/a/b?c=d", request.targetText());
    same(text, "the path", "/a/b", request.pathText());
    same(text, "the number of fields", "4", String.valueOf(request.fields()));
    same(text, "Host", "example:80", request.valueText(request.field(Wire.bytes("host"))));
    same(text, "X-Empty", "", request.valueText(request.field(Wire.bytes("x-empty"))));
    int accept = request.field(Wire.bytes("accept"));
    same(text, "the first Accept, without the white space", "x, y", request.valueText(accept));
    int second = request.field(Wire.bytes("accept"), accept + 1);
    same(text, "the second Accept", "z", request.valueText(second));
    same(text, "a field that is not there", "-1", "" + request.field(Wire.bytes("content")));
  }

  @Test
  @DisplayName("what is a request is read as one")
  void accepts() {
    for (Accepted each : ACCEPTED) {
      RequestParser parser = parser();
      int answer = feed(parser, each.text);
      if (answer != each.text.length()) {
        throw unread(each.text, answer, parser);
      }
      same(each.text, "the request", each.meaning, meaning(parser.request()));
    }
  }

  @Test
  @DisplayName("a part of a head is incomplete, and what stands behind a head is left alone")
  void threeAnswers() {
    for (Accepted each : ACCEPTED) {
      for (int length = 0; length < each.text.length(); length++) {
        int answer = feed(parser(), each.text.substring(0, length));
        if (answer != RequestParser.INCOMPLETE) {
          throw new Finding(
              Wire.show(each.text, length),
              "INCOMPLETE (-2): only what stands before the mark has come",
              answer(answer, 0));
        }
      }
      String two = each.text + SIMPLE;
      int answer = feed(parser(), two);
      if (answer != each.text.length()) {
        throw new Finding(
            Wire.show(two, each.text.length()),
            "%d: there ends the first head, the rest is the next request"
                .formatted(each.text.length()),
            answer(answer, 0));
      }
    }
  }

  @Test
  @DisplayName("a line ends with CR LF, and nothing else ends a line")
  void lineEnds() {
    LINE_ENDS.forEach(this::refuses);
  }

  @Test
  @DisplayName("a request line has three parts and two spaces")
  void requestLines() {
    REQUEST_LINES.forEach(this::refuses);
  }

  @Test
  @DisplayName("a field is a name, a colon and a value, and there is one Host")
  void fields() {
    FIELDS.forEach(this::refuses);
  }

  @Test
  @DisplayName("Content-Length is one decimal number")
  void lengths() {
    LENGTHS.forEach(this::refuses);
  }

  @Test
  @DisplayName("chunked comes last, once, and never beside a length")
  void codings() {
    CODINGS.forEach(this::refuses);
  }

  @Test
  @DisplayName("however a head is cut into pieces, the answer is the same")
  void everySplit() {
    ACCEPTED.forEach(each -> everySplit(each.text));
    for (List<Refused> group : List.of(LINE_ENDS, REQUEST_LINES, FIELDS, LENGTHS, CODINGS)) {
      group.forEach(each -> everySplit(each.bytes()));
    }
  }

  private void everySplit(String text) {
    RequestParser whole = parser();
    String expected = outcome(whole, feed(whole, text));
    for (int cut = 0; cut < text.length(); cut++) {
      RequestParser parser = parser();
      String actual = outcome(parser, cut > 0 ? feed(parser, text, cut) : drip(parser, text));
      if (!actual.equals(expected)) {
        throw new Finding(
            Wire.show(text, cut > 0 ? cut : -1),
            "%s: so it was in one piece".formatted(expected),
            "%s, %s"
                .formatted(
                    actual, cut > 0 ? "when it is cut at the mark" : "when it comes byte by byte"));
      }
    }
  }

  private static String outcome(RequestParser parser, int answer) {
    return answer > 0
        ? "%d, %s".formatted(answer, meaning(parser.request()))
        : answer(answer, parser.status());
  }

  @Test
  @DisplayName("a head has a limit, and so have its request line and its fields")
  void limits() {
    Limits limits = new Limits(40, 100, 3);
    String line = "GET /%s HTTP/1.1\r\n".formatted("a".repeat(40 - 16));
    within(limits, line + "Host: a\r\n\r\n", "a request line of 40 bytes, the limit");
    String longer = "GET /%s HTTP/1.1\r\n".formatted("a".repeat(40 - 15));
    beyond(limits, longer + "Host: a\r\n\r\n", 414, "a request line of 41 bytes, the limit is 40");
    beyond(limits, "GET /" + "a".repeat(35), 414, "40 bytes and no end of the request line");
    String head = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    String full = head + "b".repeat(100 - 4 - head.length()) + "\r\n\r\n";
    within(limits, full, "a head of 100 bytes, the limit");
    String over = head + "b".repeat(101 - 4 - head.length()) + "\r\n\r\n";
    beyond(limits, over, 431, "a head of 101 bytes, the limit is 100");
    beyond(
        limits, head + "b".repeat(100 - head.length()), 431, "100 bytes, and no end of the head");
    String three = "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\nY: c\r\n";
    within(limits, three + "\r\n", "three fields, the limit");
    beyond(limits, three + "Z: d\r\n\r\n", 431, "four fields, the limit is three");
  }

  @Test
  @DisplayName("nothing of a request is left for the next one")
  void startsAfresh() {
    RequestParser parser = parser();
    String first = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";
    String chunks = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    feed(parser, first);
    parser.next();
    feed(parser, chunks);
    parser.next();
    int answer = feed(parser, SIMPLE);
    String story = first + chunks + SIMPLE;
    if (answer != SIMPLE.length()) {
      throw unread(story, answer, parser);
    }
    same(story, "the third request", ACCEPTED.getFirst().meaning, meaning(parser.request()));
    same(story, "its number of fields", "1", "" + parser.request().fields());
  }

  @Test
  @DisplayName("a head of 64 KiB that comes byte by byte is not looked at again and again")
  void doesNotStartOver() {
    String head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(64 * 1024) + "\r\n\r\n";
    Looking parser = new Looking(new Limits(8192, 128 * 1024, 100), 16L * head.length());
    int answer = RequestParser.INCOMPLETE;
    place(head, 0);
    for (int to = 1; to <= head.length() && answer == RequestParser.INCOMPLETE; to++) {
      answer = parser.parse(memory, 4, 4 + to);
      parser.arrived = to;
    }
    if (answer != head.length()) {
      throw unread(head, answer, parser);
    }
    if (parser.looks < head.length()) {
      throw new Finding(
          List.of("a head of %,d bytes, byte by byte".formatted(head.length())),
          "every byte is looked at through at(), which counts",
          "%,d looks".formatted(parser.looks));
    }
  }

  @Test
  @DisplayName("reading a request allocates nothing")
  void allocatesNothing() {
    String text =
        "GET /index.html?a=b HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: test\r\n"
            + "Accept: */*\r\nConnection: keep-alive, x\r\nContent-Length: 17\r\n\r\n";
    RequestParser parser = parser();
    place(text, 0);
    long bytes =
        Allocations.perRun(
            3_000,
            1_000,
            () -> {
              parser.parse(memory, 4, 34);
              parser.parse(memory, 4, 4 + text.length());
              parser.next();
            });
    if (bytes > 0) {
      throw new Finding(
          Wire.show(text),
          "0 bytes allocated: the request is a set of offsets",
          "%,d bytes allocated for each request".formatted(bytes));
    }
  }

  /** A request and what it says. */
  private record Accepted(String text, String meaning) {}

  /** What is no request: the mark stands before the byte that makes it wrong. */
  private record Refused(String marked, int status, String why) {
    String bytes() {
      return marked.replace(MARK, "");
    }
  }

  /** Counts the looks at the input, and ends the test when they get out of hand. */
  private static final class Looking extends RequestParser {
    private final long allowed;
    private long looks;
    private int arrived;

    Looking(Limits limits, long allowed) {
      super(limits);
      this.allowed = allowed;
    }

    @Override
    byte at(MemorySegment input, long offset) {
      if (++looks > allowed) {
        throw new Finding(
            List.of(
                "a head of 64 KiB comes, byte by byte; parse is called after each",
                "after %,d bytes the parser has looked %,d times".formatted(arrived, looks)),
            "each byte is looked at a few times in all: the parser goes on where it stopped",
            "the parser starts over again and again: %,d looks for each byte so far"
                .formatted(looks / Math.max(1, arrived)));
      }
      return super.at(input, offset);
    }
  }

  private static RequestParser parser() {
    return new RequestParser(Limits.USUAL);
  }

  /** Puts a text into memory, with an end of a head behind it that is not part of it. */
  private void place(String text, long at) {
    byte[] bytes = Wire.bytes("\r\n\r\n" + text + "\r\n\r\n");
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, at, bytes.length);
  }

  /**
   * Parses a text in pieces that end at {@code cuts} and at its end, each time at another place in
   * memory, as the loop does it.
   */
  private int feed(RequestParser parser, String text, int... cuts) {
    int answer = RequestParser.INCOMPLETE;
    for (int i = 0; i <= cuts.length && answer == RequestParser.INCOMPLETE; i++) {
      int length = i < cuts.length ? cuts[i] : text.length();
      long base = 8 + 24L * (i % 3);
      place(text.substring(0, length), base);
      answer = parser.parse(memory, base + 4, base + 4 + length);
    }
    return answer;
  }

  /** Parses a text byte by byte. */
  private int drip(RequestParser parser, String text) {
    int[] cuts = new int[text.length() - 1];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = i + 1;
    }
    return feed(parser, text, cuts);
  }

  private void refuses(Refused vector) {
    RequestParser parser = parser();
    String text = vector.bytes();
    int answer = feed(parser, text);
    if (answer == RequestParser.BAD && parser.status() == vector.status) {
      return;
    }
    throw new Finding(
        Wire.show(text, vector.marked.indexOf(MARK)),
        "refused with %d: %s".formatted(vector.status, vector.why),
        answer > 0 ? "taken for " + meaning(parser.request()) : answer(answer, parser.status()));
  }

  private void within(Limits limits, String text, String what) {
    RequestParser parser = new RequestParser(limits);
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw new Finding(Wire.show(text), "taken: " + what, answer(answer, parser.status()));
    }
  }

  private void beyond(Limits limits, String text, int status, String what) {
    for (boolean drips : new boolean[] {false, true}) {
      RequestParser parser = new RequestParser(limits);
      int answer = drips ? drip(parser, text) : feed(parser, text);
      if (answer != RequestParser.BAD || parser.status() != status) {
        throw new Finding(
            Wire.show(text),
            "refused with %d: %s%s".formatted(status, what, drips ? ", byte by byte" : ""),
            answer(answer, parser.status()));
      }
    }
  }

  /** Where a parser that should have taken the text gave up. */
  private Finding unread(String text, int answer, RequestParser parser) {
    int caret = -1;
    for (int length = 1; answer == RequestParser.BAD && caret < 0 && length <= text.length(); ) {
      caret = feed(parser(), text.substring(0, length)) == RequestParser.BAD ? length - 1 : -1;
      length++;
    }
    return new Finding(
        Wire.show(text, caret),
        "%d: the length of the head".formatted(text.length()),
        answer(answer, parser.status()) + (caret < 0 ? "" : ", at the mark"));
  }

  private static void same(String text, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new Finding(
          Wire.show(text), "%s: %s".formatted(what, Wire.escape(expected)), Wire.escape(actual));
    }
  }

  private static String answer(int answer, int status) {
    return switch (answer) {
      case RequestParser.BAD -> "BAD (-1), status %d".formatted(status);
      case RequestParser.INCOMPLETE -> "INCOMPLETE (-2)";
      default -> "%d, a head of that length".formatted(answer);
    };
  }

  private static String meaning(Request request) {
    List<String> parts = new ArrayList<>();
    parts.add(request.method() + " " + request.targetText());
    parts.add(request.isHttp11() ? "HTTP/1.1" : "HTTP/1.0");
    parts.add(request.keepsAlive() ? "kept" : "not kept");
    parts.add(
        request.chunked
            ? "body in chunks"
            : request.hasBody() ? "body of " + request.contentLength : "no body");
    return String.join(", ", parts);
  }
}
