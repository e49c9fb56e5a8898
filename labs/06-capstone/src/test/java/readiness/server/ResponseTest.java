package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.kernel.Peer;
import readiness.testing.Allocations;
import readiness.testing.Step;

/** Answers byte by byte, and read by a client that we did not write. */
@Step("http-response")
@Tag("http-response")
final class ResponseTest {
  private static final byte[] TYPE = Wire.bytes("Content-Type");
  private static final byte[] PLAIN = Wire.bytes("text/plain");
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final long MILLIS = 784_111_777_000L;
  private static final boolean HEAD = true;
  private static final boolean GET = false;
  private static final boolean HTTP_11 = true;
  private static final boolean HTTP_10 = false;
  private static final boolean KEEP = true;
  private static final boolean CLOSE = false;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private long now = MILLIS;
  private int rendered;
  private final ResponseWriter.DateField date =
      new ResponseWriter.DateField(
          () -> now,
          second -> {
            rendered++;
            return HttpDate.text(second);
          });
  private final ResponseWriter writer = writer(64 * 1024);

  /** The JDK opens a socket of its own with the first that it closes, and keeps it. */
  @BeforeAll
  static void closeOneSocket() throws IOException {
    new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).close();
  }

  private ResponseWriter writer(int size) {
    return new ResponseWriter(
        Arena.ofAuto().allocate(size),
        date,
        (data, from, length) -> {
          if (length == 0) {
            throw new Finding(List.of("flush()"), "nothing is sent, as nothing waits", "0 bytes");
          }
          sent.writeBytes(data.asSlice(from, length).toArray(JAVA_BYTE));
        });
  }

  @Test
  @DisplayName("a small answer, byte for byte")
  void small() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    wrote(
        "begin(GET, HTTP/1.1, keep), status(200), header(Content-Type), body(13 bytes)",
        "HTTP/1.1 200 OK\r\nDate: "
            + DATE
            + "\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!");
  }

  @Test
  @DisplayName("an answer without a body says so")
  void empty() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(404).empty();
    wrote(
        "begin(GET, HTTP/1.1, keep), status(404), empty()",
        "HTTP/1.1 404 Not Found\r\nDate: " + DATE + "\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  @DisplayName("the answer to HEAD is the head that GET would get, and not a byte more")
  void head() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    String get = take();
    writer.begin(HEAD, HTTP_11, KEEP);
    writer.status(200).header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    wrote(
        "begin(HEAD, HTTP/1.1, keep), status(200), header(Content-Type), body(13 bytes)",
        get.substring(0, get.length() - 13));
  }

  @Test
  @DisplayName("the answer to HEAD has the fields of GET, also when nobody knows the length")
  void headOfUnknownLength() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    String get = take();
    writer.begin(HEAD, HTTP_11, KEEP);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    String story = "begin(HEAD, HTTP/1.1, keep), status(200), stream(UNKNOWN, …)";
    if (!writer.keepsAlive()) {
      throw new Finding(
          List.of(story),
          "keepsAlive() is true: this answer ends with its head, and everybody knows",
          "false");
    }
    wrote(story, get);
  }

  @Test
  @DisplayName("204 and 304 have no body, and nothing that frames one")
  void bodiless() {
    for (int status : new int[] {204, 304}) {
      writer.begin(GET, HTTP_11, KEEP);
      writer.status(status).body(Wire.memory("Hello, world!"));
      String reason = status == 204 ? " No Content" : " Not Modified";
      wrote(
          "begin(GET, HTTP/1.1, keep), status(%d), body(13 bytes)".formatted(status),
          "HTTP/1.1 " + status + reason + "\r\nDate: " + DATE + "\r\n\r\n");
      writer.begin(GET, HTTP_11, KEEP);
      writer.status(status).stream(ResponseWriter.UNKNOWN, new Given());
      wrote(
          "begin(GET, HTTP/1.1, keep), status(%d), stream(UNKNOWN, …)".formatted(status),
          "HTTP/1.1 " + status + reason + "\r\nDate: " + DATE + "\r\n\r\n");
    }
  }

  @Test
  @DisplayName("Connection says what is not a matter of course")
  void connection() {
    says(HTTP_11, KEEP, null, "a matter of course in HTTP/1.1");
    says(HTTP_11, CLOSE, "close", "the client must not wait for another answer");
    says(HTTP_10, KEEP, "keep-alive", "an HTTP/1.0 client would wait for the end otherwise");
    says(HTTP_10, CLOSE, "close", "");
  }

  @Test
  @DisplayName("a body of unknown length goes in chunks")
  void chunks() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    writer.piece(Wire.memory("a"), 1);
    writer.piece(Wire.memory(""), 0);
    writer.piece(Wire.memory("b".repeat(15)), 15);
    writer.piece(Wire.memory("c".repeat(26)), 26);
    writer.piece(Wire.memory("d".repeat(256)), 256);
    writer.end();
    wrote(
        "status(200), stream(UNKNOWN, …), pieces of 1, 0, 15, 26 and 256 bytes, end()",
        "HTTP/1.1 200 OK\r\nDate: "
            + DATE
            + "\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1\r\na\r\nf\r\n"
            + "b".repeat(15)
            + "\r\n1a\r\n"
            + "c".repeat(26)
            + "\r\n100\r\n"
            + "d".repeat(256)
            + "\r\n0\r\n\r\n");
  }

  @Test
  @DisplayName("a body of known length goes as it is, and has that length")
  void pieces() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).stream(13, new Given());
    writer.piece(Wire.memory("Hello, "), 7);
    writer.piece(Wire.memory("world!"), 6);
    writer.end();
    wrote(
        "status(200), stream(13, …), pieces of 7 and 6 bytes, end()",
        "HTTP/1.1 200 OK\r\nDate: " + DATE + "\r\nContent-Length: 13\r\n\r\nHello, world!");
    refused(
        "stream(3, …), piece(4 bytes)",
        "the fourth byte would be taken for the beginning of the next answer",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200).stream(3, new Given());
          writer.piece(Wire.memory("abcd"), 4);
        });
    refused(
        "stream(3, …), piece(2 bytes), end()",
        "the client would wait for the third byte, or take it from the next answer",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200).stream(3, new Given());
          writer.piece(Wire.memory("ab"), 2);
          writer.end();
        });
  }

  @Test
  @DisplayName("HTTP/1.0 knows no chunks: there the connection's end is the body's")
  void untilTheEnd() {
    writer.begin(GET, HTTP_10, KEEP);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    boolean keeps = writer.keepsAlive();
    writer.piece(Wire.memory("Hello, "), 7);
    writer.piece(Wire.memory("world!"), 6);
    writer.end();
    String story = "begin(GET, HTTP/1.0, keep), status(200), stream(UNKNOWN, …), two pieces, end()";
    if (keeps) {
      throw new Finding(
          List.of(story),
          "keepsAlive() is false: nothing but the end can tell where this body ends",
          "true, and the client waits for more");
    }
    wrote(story, "HTTP/1.1 200 OK\r\nDate: " + DATE + "\r\nConnection: close\r\n\r\nHello, world!");
  }

  @Test
  @DisplayName("a stream that nobody may see is closed unread")
  void closesUnseenStreams() {
    for (int status : new int[] {200, 204, 304}) {
      Given body = new Given();
      writer.begin(status == 200 ? HEAD : GET, HTTP_11, KEEP);
      writer.status(status).stream(1000, body);
      if (body.closed != 1 || writer.takeStream() != null) {
        throw new Finding(
            List.of(
                "%s, status(%d), stream(1000, …)"
                    .formatted(status == 200 ? "HEAD" : "GET", status)),
            "the body is closed, once, and not left for anybody to read",
            "closed %d times, takeStream() %s"
                .formatted(body.closed, body.closed == 1 ? "hands it out" : "is not asked"));
      }
    }
    Given body = new Given();
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).stream(1000, body);
    if (body.closed != 0 || writer.takeStream() != body) {
      throw new Finding(
          List.of("GET, status(200), stream(1000, …)"),
          "takeStream() hands the body out, open",
          "closed %d times".formatted(body.closed));
    }
  }

  @Test
  @DisplayName("numbers of every size")
  void numbers() {
    for (long length : new long[] {0, 9, 10, 99, 100, 65_536, 4_294_967_296L, Long.MAX_VALUE}) {
      writer.begin(HEAD, HTTP_11, KEEP);
      writer.status(200).stream(length, new Given());
      wrote(
          "begin(HEAD, …), status(200), stream(%d, …)".formatted(length),
          "HTTP/1.1 200 OK\r\nDate: " + DATE + "\r\nContent-Length: " + length + "\r\n\r\n");
    }
  }

  @Test
  @DisplayName("Date is right in every second, and rendered once in each")
  void date() {
    long[] times = {MILLIS, MILLIS + 999, MILLIS + 1000, MILLIS + 1001, MILLIS + 3_600_000};
    int[] renderings = {1, 1, 2, 2, 3};
    for (int i = 0; i < times.length; i++) {
      now = times[i];
      for (int answer = 0; answer < 3; answer++) {
        writer.begin(GET, HTTP_11, KEEP);
        writer.status(204).empty();
        wrote(
            "an answer at %d ms".formatted(now - MILLIS),
            "HTTP/1.1 204 No Content\r\nDate: " + HttpDate.text(now / 1000) + "\r\n\r\n");
      }
      if (rendered != renderings[i]) {
        throw new Finding(
            List.of("%d answers, the last at %d ms".formatted(3 * (i + 1), now - MILLIS)),
            "the date was rendered %d times: once for each second with an answer"
                .formatted(renderings[i]),
            "%d times".formatted(rendered));
      }
    }
  }

  @Test
  @DisplayName("nobody can smuggle a field, or an answer, into a value")
  void noInjection() {
    for (String value : List.of("/a\r\nSet-Cookie: x=y", "/a\nSet-Cookie: x=y", "/a\r", "a\0b")) {
      writer.begin(GET, HTTP_11, KEEP);
      writer.status(301);
      try {
        writer.header(Wire.bytes("Location"), Wire.bytes(value)).empty();
      } catch (IllegalArgumentException e) {
        if (!String.valueOf(e.getMessage()).contains("Location")) {
          throw new Finding(
              List.of("header(Location, " + Wire.escape(value) + ")"),
              "an IllegalArgumentException that names the field",
              String.valueOf(e.getMessage()));
        }
        writer.takeBack();
        continue;
      }
      throw new Finding(
          Wire.show(take()),
          "an IllegalArgumentException: Location would be " + Wire.escape(value),
          "it was written");
    }
  }

  @Test
  @DisplayName(
      "of a field that is refused no byte is written, since a handler may go on without it")
  void refusesWhole() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200);
    try {
      writer.header(Wire.bytes("X-Name"), Wire.bytes("a\r\nb"));
    } catch (IllegalArgumentException e) {
      // This handler can do without.
    }
    writer.header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    wrote(
        "status(200), header(X-Name, a\\r\\nb), caught, header(Content-Type), body(13 bytes)",
        "HTTP/1.1 200 OK\r\nDate: "
            + DATE
            + "\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nHello, world!");
  }

  @Test
  @DisplayName("an answer is the same in every country")
  void everyLocale() {
    Locale before = Locale.getDefault();
    String here = numbersAndDate();
    now += 1000; // so that the date is rendered anew
    numbersAndDate();
    now -= 1000;
    Locale.setDefault(Locale.of("fa", "IR"));
    try {
      String there = numbersAndDate();
      same("in Iran, whose digits are ۰ to ۹: a date, a length, a chunk", here, there);
    } finally {
      Locale.setDefault(before);
    }
  }

  private String numbersAndDate() {
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(206).header(TYPE, PLAIN).body(Wire.memory("x".repeat(1_234)));
    writer.begin(GET, HTTP_11, KEEP);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    writer.piece(Wire.memory("a".repeat(19)), 19);
    writer.end();
    return take();
  }

  @Test
  @DisplayName("the parts of an answer come in order, each once")
  void order() {
    refused(
        "header before status",
        "first the status",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.header(TYPE, PLAIN);
        });
    refused(
        "status twice",
        "one status",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200);
          writer.status(404);
        });
    refused(
        "a body without a status",
        "first the status",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.body(Wire.memory("a"));
        });
    refused(
        "two bodies",
        "one body",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200).body(Wire.memory("a"));
          writer.body(Wire.memory("b"));
        });
    refused(
        "a piece without a stream",
        "a body is announced before it comes",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200);
          writer.piece(Wire.memory("a"), 1);
        });
    refused(
        "the end of a stream that was none",
        "the body was whole already",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200).empty();
          writer.end();
        });
    refused(
        "a header behind the body",
        "the head is over",
        () -> {
          writer.begin(GET, HTTP_11, KEEP);
          writer.status(200).body(Wire.memory("a"));
          writer.header(TYPE, PLAIN);
        });
  }

  @Test
  @DisplayName("answers stand one behind the other, and their memory may be small")
  void batch() {
    for (int size : new int[] {1, 7, 64, 65_536}) {
      ResponseWriter each = writer(size);
      for (int i = 0; i < 3; i++) {
        each.begin(GET, HTTP_11, i < 2);
        each.status(200).header(TYPE, PLAIN).body(Wire.memory("answer " + i));
      }
      each.flush();
      each.flush();
      byte[] bytes = sent.toByteArray();
      sent.reset();
      List<String> bodies = Answer.all(bytes).stream().map(Answer::text).toList();
      if (!bodies.equals(List.of("answer 0", "answer 1", "answer 2"))) {
        throw new Finding(
            Wire.show(Wire.text(bytes)),
            "three answers, one behind the other, through a memory of %d bytes".formatted(size),
            "bodies " + bodies);
      }
    }
  }

  @Test
  @DisplayName("the JDK's own client understands each kind of answer")
  void understood() throws Exception {
    writer.begin(GET, HTTP_11, CLOSE);
    writer.status(200).header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    understood("GET", 200, "Hello, world!");
    writer.begin(HEAD, HTTP_11, CLOSE);
    writer.status(200).header(TYPE, PLAIN).body(Wire.memory("Hello, world!"));
    understood("HEAD", 200, "");
    writer.begin(GET, HTTP_11, CLOSE);
    writer.status(204).empty();
    understood("GET", 204, "");
    writer.begin(GET, HTTP_11, CLOSE);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    writer.piece(Wire.memory("Hello, "), 7);
    writer.piece(Wire.memory("world!" + "!".repeat(300)), 306);
    writer.end();
    understood("GET", 200, "Hello, world!" + "!".repeat(300));
    writer.begin(GET, HTTP_10, CLOSE);
    writer.status(200).stream(ResponseWriter.UNKNOWN, new Given());
    writer.piece(Wire.memory("Hello, world!"), 13);
    writer.end();
    understood("GET", 200, "Hello, world!");
  }

  @Test
  @DisplayName("an answer allocates nothing")
  void allocatesNothing() {
    MemorySegment body = Wire.memory("Hello, world!");
    ResponseWriter quiet =
        new ResponseWriter(
            Arena.ofAuto().allocate(4096),
            new ResponseWriter.DateField(() -> MILLIS, HttpDate::text),
            (data, from, length) -> {});
    long bytes =
        Allocations.perRun(
            3_000,
            1_000,
            () -> {
              quiet.begin(GET, HTTP_11, KEEP);
              quiet.status(200).header(TYPE, PLAIN).body(body);
              quiet.flush();
            });
    if (bytes > 0) {
      throw new Finding(
          List.of("begin, status(200), header, body(13 bytes), flush, many times in one second"),
          "0 bytes allocated: everything that it takes is there already",
          "%,d bytes allocated for each answer".formatted(bytes));
    }
  }

  /** What comes on one connection, and what has to come back. */
  private record Exchange(String what, String sent, boolean closes, String... answers) {}

  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
  private static final String CHUNKS = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final boolean CLOSES = true;
  private static final boolean STAYS = false;

  /** Behind each comes {@link #NEXT}, which is answered if the connection stays. */
  private static final List<Exchange> EXCHANGES =
      List.of(
          new Exchange("two requests", NEXT, STAYS, "200 /next"),
          new Exchange("an empty line between two requests", NEXT + "\r\n", STAYS, "200 /next"),
          new Exchange(
              "a comma in Host, which names may have",
              "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n",
              STAYS,
              "200 /"),
          new Exchange(
              "two ports in Host", "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n", CLOSES, "400"),
          new Exchange(
              "no host in the target", "GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", CLOSES, "400"),
          new Exchange(
              "a letter for a port", "GET http://a:x/ HTTP/1.1\r\nHost: a\r\n\r\n", CLOSES, "400"),
          new Exchange(
              "a name of brackets", "GET http://<>/ HTTP/1.1\r\nHost: a\r\n\r\n", CLOSES, "400"),
          new Exchange("no path", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", CLOSES, "400"),
          new Exchange("no HEAD", "HEAD a HTTP/1.1\r\nHost: a\r\n\r\n", CLOSES, "400"),
          new Exchange(
              "https without TLS (RFC 9110, section 7.4)",
              "GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
              STAYS,
              "421"),
          new Exchange("a tunnel", "CONNECT b:80 HTTP/1.1\r\nHost: b:80\r\n\r\n", STAYS, "501"),
          new Exchange(
              "a tunnel to nowhere", "CONNECT b HTTP/1.1\r\nHost: b\r\n\r\n", CLOSES, "400"),
          new Exchange("a method of coffee", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", STAYS, "501"),
          new Exchange(
              "the server as a whole", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", STAYS, "405"),
          new Exchange("a last request", "GET / HTTP/1.0\r\n\r\n", CLOSES, "200 /"),
          new Exchange(
              "a body of a length",
              POST + "Content-Length: 34\r\n\r\n" + NEXT + "123",
              STAYS,
              "405"),
          new Exchange(
              "a body that is too long", POST + "Content-Length: 1048577\r\n\r\n", CLOSES, "405"),
          new Exchange(
              "a client that waits for a word before the body",
              POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n",
              CLOSES,
              "405"),
          new Exchange(
              "a list that begins with nothing",
              POST + "Transfer-Encoding: ,chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
              STAYS,
              "405"),
          new Exchange(
              "a list that ends with nothing",
              POST + "Transfer-Encoding: chunked,\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
              STAYS,
              "405"),
          new Exchange(
              "white space before an extension",
              CHUNKS + "5 ;a=b\r\nabcde\r\n0\r\n\r\n",
              STAYS,
              "405"),
          new Exchange("a trailer", CHUNKS + "0\r\nfoo: b\r\n\r\n", STAYS, "405"),
          new Exchange("a trailer of a name alone", CHUNKS + "0\r\nfoo\r\n\r\n", CLOSES, "405"),
          new Exchange(
              "a trailer with a space behind its name",
              CHUNKS + "0\r\nfoo : b\r\n\r\n",
              CLOSES,
              "405"),
          new Exchange(
              "a trailer that looks like a request",
              CHUNKS + "0\r\nGET / HTTP/1.1\r\n\r\n",
              CLOSES,
              "405"));

  @Test
  @DisplayName("each request gets its answer, and the next one only if it is clear where it begins")
  void exchanges() {
    for (Exchange each : EXCHANGES) {
      String sent = each.sent + NEXT;
      for (int cut : new int[] {0, each.sent.length() / 2, each.sent.length() - 1}) {
        try (Served served = new Served(0, ResponseTest::echo)) {
          Peer client = served.client(each.what).send(sent.substring(0, cut));
          client.pause(Duration.ofMillis(1)).send(sent.substring(cut));
          List<String> wanted = new ArrayList<>(List.of(each.answers));
          if (each.closes) {
            client.expectEnd();
          } else {
            wanted.add("200 /next");
          }
          served.drive();
          answers(served, client, wanted, each.sent.startsWith("HEAD"));
          if (client.sawEnd() != each.closes || client.sawReset()) {
            throw served.finding(
                "%s: the connection %s"
                    .formatted(each.what, each.closes ? "ends in order" : "is kept"),
                client.sawReset() ? "it was reset" : client.sawEnd() ? "it ended" : "it is open");
          }
        }
      }
    }
  }

  private static void answers(Served served, Peer client, List<String> wanted, boolean isHead) {
    if (!isHead) {
      served.expect(client, wanted);
      return;
    }
    byte[] received = client.received();
    Answer head = Answer.read(received, 0, true);
    if (!("" + head.status()).equals(wanted.getFirst()) || head.end() < received.length) {
      throw served.finding(
          "the head of a %s, and nothing behind it".formatted(wanted.getFirst()),
          "%d, and %d bytes behind its head"
              .formatted(head.status(), received.length - head.end()));
    }
  }

  /** Answers GET with its target, and everything else with 405. */
  private static void echo(Request request, ResponseWriter response) {
    if (request.method() == Method.GET) {
      response.status(200).body(Wire.memory(request.targetText()));
    } else {
      response.status(405).empty();
    }
  }

  @Test
  @DisplayName("a line that is refused at the very end of what was received harms nobody")
  void endOfMemory() {
    // As much memory as the loop receives into at first, and as a connection keeps at least.
    String fields = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    String full =
        fields + "y".repeat(65_536 - 4 - NEXT.length() - fields.length() - 9) + "\r\n\r\n";
    Limits wide = new Limits(8 * 1024, 128 * 1024, 100);
    harmless(wide, "", full + NEXT + "GET / X\r\n", "200 /", "200 /next", "400");
    String line = "GET /" + "a".repeat(4096 - 9) + " X\r\n";
    harmless(wide, "G", line.substring(1), "400");
    harmless(wide, "", "\n" + NEXT, "400");
  }

  private static void harmless(Limits limits, String first, String then, String... answers) {
    try (Served served = new Served(0, limits, ResponseTest::echo)) {
      Peer bystander = served.client("bystander").send(NEXT);
      Peer mallory = served.client("mallory").send(first).pause(Duration.ofMillis(1)).send(then);
      mallory.expectEnd();
      bystander.pause(Duration.ofMillis(5)).send(NEXT);
      served.drive();
      served.expect(mallory, List.of(answers));
      served.expect(bystander, List.of("200 /next", "200 /next"));
    }
  }

  @Test
  @DisplayName("a head that no connection could keep is refused, whatever the limit is")
  void headBeyondMemory() {
    Limits endless = new Limits(1024 * 1024, 64 * 1024 * 1024, 1_000_000);
    String field = "X: " + "y".repeat(95) + "\r\n";
    String start = "GET /next HTTP/1.1\r\nHost: a\r\n";
    try (Served served = new Served(0, endless, ResponseTest::echo)) {
      Peer patient = served.client("patient").send(start + field.repeat(2_500) + "\r\n");
      Peer endlessly = served.client("endlessly").send(start + field.repeat(3_000)).expectEnd();
      Peer aimless = served.client("aimless").send("GET /" + "a".repeat(300_000)).expectEnd();
      served.drive();
      served.expect(patient, List.of("200 /next"));
      served.expect(endlessly, List.of("431"));
      served.expect(aimless, List.of("414"));
    }
  }

  @Test
  @DisplayName("a client that does not read its answers gets no more of them made")
  void unreadAnswers() {
    int[] answered = {0};
    int[] soFar = {0};
    MemorySegment large = Wire.memory("x".repeat(16 * 1024));
    Handler counts =
        (request, response) -> {
          if (request.targetText().equals("/next")) {
            answered[0]++;
            response.status(200).body(large);
          } else {
            soFar[0] = answered[0];
            echo(request, response);
          }
        };
    try (Served served = new Served(0, counts)) {
      Peer snail = served.client("snail", 4096).neverReads().send(NEXT.repeat(60));
      snail.pause(Duration.ofMillis(5)).reset();
      Peer asks = served.client("asks").pause(Duration.ofMillis(2));
      asks.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      served.drive();
      served.expect(asks, List.of("200 /"));
      if (soFar[0] < 4 || soFar[0] > 8) {
        throw served.finding(
            "with more than 64 KiB unsent no further request is answered: of 60 with answers of"
                + " 16 KiB, 4 to 8 are",
            "%d were".formatted(soFar[0]));
      }
    }
  }

  @Test
  @DisplayName("a large answer leaves the others their turn")
  void takesTurns() {
    int[] pieces = {0};
    List<Integer> before = new ArrayList<>();
    Failing body = new Failing(1_000, null, null);
    Body counts =
        new Body() {
          @Override
          public long read(MemorySegment into, long room) {
            pieces[0]++;
            return body.read(into, room);
          }

          @Override
          public void close() {
            body.close();
          }
        };
    Handler handler =
        (request, response) -> {
          if (request.targetText().equals("/next")) {
            before.add(pieces[0]);
            echo(request, response);
          } else {
            response.status(200).stream(1_000_000, counts);
          }
        };
    try (Served served = new Served(0, handler)) {
      Peer greedy = served.client("greedy").send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      served.kernel.advance(Duration.ofSeconds(1));
      Peer modest = served.client("modest").send(NEXT);
      served.kernel.advance(Duration.ofSeconds(1));
      served.drive();
      served.expect(modest, List.of("200 /next"));
      served.expect(greedy, List.of("200 " + "\0".repeat(1_000_000)));
      if (before.getFirst() > 10) {
        throw served.finding(
            "a few pieces for one, then it is the other's turn, whose request was there",
            "%d pieces first".formatted(before.getFirst()));
      }
    }
  }

  @Test
  @DisplayName("many requests at once leave the others their turn")
  void requestsInTurn() {
    List<String> handled = new ArrayList<>();
    Handler notes =
        (request, response) -> {
          handled.add(request.targetText());
          echo(request, response);
        };
    try (Served served = new Served(0, notes)) {
      Peer greedy = served.client("greedy").send(NEXT.repeat(200));
      served.kernel.advance(Duration.ofSeconds(1));
      Peer modest = served.client("modest").send("GET /modest HTTP/1.1\r\nHost: a\r\n\r\n");
      served.kernel.advance(Duration.ofSeconds(1));
      served.drive();
      served.expect(modest, List.of("200 /modest"));
      served.expect(greedy, Collections.nCopies(200, "200 /next"));
      int before = handled.indexOf("/modest");
      if (before > 64) {
        throw served.finding(
            "64 answers in a row at most, then it is the other's turn, whose request was there",
            "%d answers first".formatted(before));
      }
    }
  }

  @Test
  @DisplayName("streamed answers come one after the other, whatever stands between the requests")
  void streamsInOrder() {
    Handler streams =
        (request, response) -> {
          boolean isKnown = request.targetText().equals("/next");
          long length = isKnown ? 3_000 : ResponseWriter.UNKNOWN;
          response.status(200).stream(length, new Failing(3, null, null));
        };
    String last = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    String requests =
        CHUNKS
            + "%s\r\n%s\r\n0\r\n\r\n".formatted(Integer.toHexString(NEXT.length()), NEXT)
            + NEXT
            + POST
            + "Content-Length: "
            + NEXT.length()
            + "\r\n\r\n"
            + NEXT
            + last;
    for (int cut = 0; cut < requests.length(); cut += 7) {
      try (Served served = new Served(0, streams)) {
        Peer client = served.client("alice", 4096).readsUpTo(1_000);
        client.send(requests.substring(0, cut)).pause(Duration.ofMillis(1));
        client.send(requests.substring(cut)).expectEnd();
        served.drive();
        served.expect(client, Collections.nCopies(4, "200 " + "\0".repeat(3_000)));
      }
    }
  }

  @Test
  @DisplayName("two streams at once do not mix, though they share the output memory")
  void streamsApart() {
    Handler streams =
        (request, response) -> {
          byte letter = (byte) request.targetText().charAt(1);
          response.status(200).stream(50_000, new Failing(50, null, null, letter));
        };
    try (Served served = new Served(0, streams)) {
      Peer alice = served.client("alice", 4096).send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer bob = served.client("bob").send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
      served.kernel.advance(Duration.ofSeconds(1));
      served.drive();
      served.expect(alice, List.of("200 " + "a".repeat(50_000)));
      served.expect(bob, List.of("200 " + "b".repeat(50_000)));
    }
  }

  @Test
  @DisplayName("every status from 200 to 599 has its line, with a reason or without")
  void statuses() {
    for (int code : new int[] {200, 404, 421, 599}) {
      String reason =
          switch (code) {
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 421 -> "Misdirected Request";
            default -> "";
          };
      writer.begin(GET, HTTP_11, KEEP);
      writer.status(code).body(Status.page(code));
      String page = code + " " + reason + "\n";
      wrote(
          "status(%d), body(its page)".formatted(code),
          "HTTP/1.1 "
              + code
              + " "
              + reason
              + "\r\nDate: "
              + DATE
              + "\r\nContent-Length: "
              + page.length()
              + "\r\n\r\n"
              + page);
    }
    for (int code : new int[] {-1, 0, 101, 199, 600}) {
      writer.begin(GET, HTTP_11, KEEP);
      try {
        writer.status(code);
      } catch (IllegalArgumentException e) {
        continue;
      }
      throw new Finding(
          Wire.show(take()),
          "an IllegalArgumentException: %d is no status".formatted(code),
          "it was written");
    }
  }

  /** What a handler and a body may throw, and what nobody expects of them. */
  private static final List<Throwable> THROWN =
      List.of(
          new IllegalStateException("as the test wants it"),
          new UncheckedIOException(new IOException("as the test wants it")),
          new OutOfMemoryError("as the test wants it"),
          new StackOverflowError("as the test wants it"),
          new AssertionError("as the test wants it"));

  @Test
  @DisplayName("what a handler throws is a 500, and nobody else is the worse for it")
  void handlerFails() {
    for (Throwable each : THROWN) {
      stays(
          each,
          (request, response) -> {
            response.status(200).header(TYPE, PLAIN);
            sneak(each);
          },
          "500");
      Failing body = new Failing(0, null, each);
      stays(
          each,
          (request, response) -> {
            response.status(200).stream(10, body);
            sneak(each);
          },
          "500");
      closedOnce(body, each);
    }
    Throwable late = new IllegalStateException("as the test wants it");
    MemorySegment large = Wire.memory("x".repeat(100_000));
    stays(
        late,
        (_, response) -> {
          response.status(200).body(large);
          sneak(late);
        });
    IllegalStateException none = new IllegalStateException("without an answer");
    stays(none, (request, response) -> response.status(200), "500");
  }

  @Test
  @DisplayName("what a streamed body throws ends its connection, and nobody else's")
  void bodyFails() {
    List<Throwable> thrown = new ArrayList<>(THROWN);
    thrown.add(new IOException("as the test wants it"));
    for (Throwable each : thrown) {
      for (int pieces : new int[] {0, 3, 100}) {
        Failing body = new Failing(pieces, each, null);
        stays(each, (request, response) -> response.status(200).stream(1_000_000, body));
        closedOnce(body, each);
      }
    }
    for (Throwable each : THROWN) {
      for (Throwable another : List.of(each, new IllegalStateException("and on closing"))) {
        Failing both = new Failing(1, each, another);
        stays(each, (request, response) -> response.status(200).stream(1_000_000, both));
        closedOnce(both, each);
        if (another != each && !List.of(each.getSuppressed()).contains(another)) {
          throw new Finding(
              List.of(
                  "a streamed body throws %s, and when it is closed %s".formatted(each, another)),
              "the log tells of both: the second is suppressed in the first",
              "suppressed: " + List.of(each.getSuppressed()));
        }
      }
      Failing atItsEnd = new Failing(2, null, each);
      stays(
          each,
          (request, response) -> response.status(200).stream(ResponseWriter.UNKNOWN, atItsEnd),
          "200 " + "\0".repeat(2_000));
      closedOnce(atItsEnd, each);
    }
    Failing shorter = new Failing(2, null, null);
    Throwable less = new IllegalStateException("1 bytes less than Content-Length announced");
    stays(less, (request, response) -> response.status(200).stream(2_001, shorter));
    closedOnce(shorter, less);
    Failing longer = new Failing(3, null, null);
    Throwable more = new IllegalStateException("1 bytes more than Content-Length says");
    stays(more, (request, response) -> response.status(200).stream(2_999, longer));
    closedOnce(longer, more);
  }

  @Test
  @DisplayName("a body whose client is gone is closed, and may fail even there")
  void clientGone() {
    for (Throwable each : THROWN) {
      Failing body = new Failing(Integer.MAX_VALUE, null, each);
      try (Heard heard = new Heard();
          Served served =
              new Served(
                  0, (_, response) -> response.status(200).stream(ResponseWriter.UNKNOWN, body))) {
        Peer client = served.client("alice", 4096).neverReads().send(NEXT);
        client.pause(Duration.ofMillis(5)).reset();
        served.drive();
        heard(served, heard, each);
        closedOnce(body, each);
      }
    }
  }

  /**
   * One client asks for what fails, another asks before and afterwards for what does not.
   *
   * @param answers the answers to the one that are whole; none if its only answer is cut off
   */
  private static void stays(Throwable reason, Handler fails, String... answers) {
    int[] called = {0};
    Handler handler =
        (request, response) -> {
          if (request.targetText().equals("/fails")) {
            called[0]++;
            fails.handle(request, response);
          } else {
            echo(request, response);
          }
        };
    try (Heard heard = new Heard();
        Served served = new Served(0, handler)) {
      Peer bystander = served.client("bystander").send(NEXT);
      Peer alice = served.client("alice");
      alice.send("GET /fails HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2)).expectEnd();
      bystander.pause(Duration.ofMillis(5)).send(NEXT);
      try {
        served.drive();
      } catch (RuntimeException | Error e) {
        if (e != reason) {
          throw e;
        }
        throw served.finding("%s ends one connection".formatted(reason), "it ends the loop");
      }
      served.expect(bystander, List.of("200 /next", "200 /next"));
      if (answers.length > 0) {
        served.expect(alice, List.of(answers));
      } else if (Wire.text(alice.received()).lastIndexOf("HTTP/1.1") > 0) {
        throw served.finding("an answer that is cut off is the last", "another one follows");
      } else if (served.recording.count("shutdown") > 0) {
        throw served.finding(
            "an answer that is cut off ends at once: nothing is sent behind it",
            "the connection ends in order, as if the answer were whole");
      }
      if (called[0] != 1) {
        throw served.finding(
            "what comes behind the failure is not answered: the handler is called once",
            "%d times".formatted(called[0]));
      }
      heard(served, heard, reason);
    }
  }

  private static void heard(Served served, Heard heard, Throwable reason) {
    String said = String.valueOf(reason.getMessage());
    List<String> observed = heard.records.stream().map(Heard::reason).toList();
    boolean isTold = observed.size() == 1 && observed.getFirst().endsWith(said);
    if (served.http.failures() != 1 || !isTold || heard.isSilent()) {
      throw served.finding(
          "counted once, and written to the log once: " + reason,
          "counted %d times, in the log: %s".formatted(served.http.failures(), observed));
    }
  }

  private static void closedOnce(Failing body, Throwable reason) {
    if (body.closed != 1) {
      throw new Finding(
          List.of("GET /fails, answered with a stream that throws " + reason),
          "the body is closed once: it may hold a file",
          "%d times".formatted(body.closed));
    }
  }

  /** Throws what no compiler lets pass. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** Gives so many pieces of a thousand bytes, and then throws, or only when it is closed. */
  private static final class Failing implements Body {
    private final @Nullable Throwable read;
    private final @Nullable Throwable close;
    private final byte fill;
    private int left;
    private int closed;

    Failing(int pieces, @Nullable Throwable read, @Nullable Throwable close) {
      this(pieces, read, close, (byte) 0);
    }

    Failing(int pieces, @Nullable Throwable read, @Nullable Throwable close, byte fill) {
      this.fill = fill;
      this.left = pieces;
      this.read = read;
      this.close = close;
    }

    @Override
    public long read(MemorySegment into, long room) {
      if (left-- > 0) {
        into.asSlice(0, 1_000).fill(fill);
        return 1_000;
      }
      if (read != null) {
        sneak(read);
      }
      return 0;
    }

    @Override
    public void close() {
      closed++;
      if (close != null) {
        sneak(close);
      }
    }
  }

  /** Listens to the server's log, in place of the console. */
  private static final class Heard extends java.util.logging.Handler implements AutoCloseable {
    private final Logger log = Logger.getLogger("readiness.server");
    private final List<LogRecord> records = new ArrayList<>();

    Heard() {
      log.setUseParentHandlers(false);
      log.addHandler(this);
    }

    /** Whether the last record says nothing but what was thrown. */
    boolean isSilent() {
      return records.getLast().getMessage().isBlank();
    }

    private static String reason(LogRecord logged) {
      return String.valueOf(logged.getThrown());
    }

    @Override
    public void publish(LogRecord logged) {
      records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      log.removeHandler(this);
      log.setUseParentHandlers(true);
    }
  }

  /** A body that is given in pieces by the test. */
  private static final class Given implements Body {
    private int closed;

    @Override
    public long read(MemorySegment into, long room) {
      throw new AssertionError("the writer does not read");
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** What has been written since the last look. */
  private String take() {
    writer.flush();
    String text = Wire.text(sent.toByteArray());
    sent.reset();
    return text;
  }

  private void wrote(String story, String expected) {
    same(story, expected, take());
  }

  private static void same(String story, String expected, String actual) {
    if (actual.equals(expected)) {
      return;
    }
    int same = 0;
    while (same < Math.min(actual.length(), expected.length())
        && actual.charAt(same) == expected.charAt(same)) {
      same++;
    }
    List<String> trace = new ArrayList<>();
    trace.add(story);
    trace.addAll(Wire.show(actual, same));
    throw new Finding(
        trace, here(expected, same), here(actual, same) + (same == 0 ? "" : ", at the mark"));
  }

  private static String here(String text, int at) {
    if (at == text.length()) {
      return "the end of the answer";
    }
    int end = text.indexOf('\n', at);
    String rest = text.substring(at, end < 0 ? text.length() : end + 1);
    return Wire.escape(rest.length() > 60 ? rest.substring(0, 60) + "…" : rest);
  }

  private void says(boolean isHttp11, boolean keep, @Nullable String expected, String why) {
    writer.begin(GET, isHttp11, keep);
    writer.status(200).empty();
    String bytes = take();
    String actual = Answer.read(Wire.bytes(bytes), 0, false).field("Connection");
    if (!Objects.equals(actual, expected) || writer.keepsAlive() != keep) {
      throw new Finding(
          Wire.show(bytes),
          "%s, connection %s: %s%s"
              .formatted(
                  isHttp11 ? "HTTP/1.1" : "HTTP/1.0",
                  keep ? "kept" : "not kept",
                  expected == null ? "no Connection" : "Connection: " + expected,
                  why.isEmpty() ? "" : ", " + why),
          actual == null ? "no Connection" : "Connection: " + actual);
    }
  }

  private void refused(String story, String why, Runnable calls) {
    try {
      calls.run();
    } catch (IllegalStateException e) {
      writer.takeBack();
      return;
    }
    throw new Finding(List.of(story), "an IllegalStateException: " + why, "it was written");
  }

  /** Has the JDK's client ask for what was written. */
  private void understood(String method, int status, String body) throws Exception {
    String bytes = take();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = Thread.ofPlatform().start(() -> serve(server, Wire.bytes(bytes)));
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      HttpURLConnection client = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      client.setRequestMethod(method);
      client.setReadTimeout(5_000);
      String actual;
      try (InputStream input = client.getInputStream()) {
        actual = client.getResponseCode() + ", body " + Wire.text(input.readAllBytes());
      } catch (IOException e) {
        actual = e.toString();
      }
      client.disconnect();
      thread.join();
      String expected = status + ", body " + body;
      if (!actual.equals(expected)) {
        throw new Finding(Wire.show(bytes), "the JDK's client reads " + expected, actual);
      }
    }
  }

  /** Takes one request and answers with {@code bytes}. */
  private static void serve(ServerSocket server, byte[] bytes) {
    try (Socket socket = server.accept()) {
      InputStream input = socket.getInputStream();
      for (int last = 0; last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n'); ) {
        last = last << 8 | input.read();
      }
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // The client tells what it saw.
    }
  }
}
