package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
              "GET / HTTP/1.1\r\nHost: a\r\nConnection: ,close,\r\n\r\n",
              "GET /, HTTP/1.1, not kept, no body"),
          new Accepted(
              "GET / HTTP/1.0\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n",
              "GET /, HTTP/1.0, not kept, no body"),
          new Accepted(
              "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked\r\n\r\n",
              "POST /, HTTP/1.1, kept, body in chunks"),
          new Accepted(
              "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked,\r\n\r\n",
              "POST /, HTTP/1.1, kept, body in chunks"),
          new Accepted(
              "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,\t, chunked , ,\r\n"
                  + "Transfer-Encoding:\r\n\r\n",
              "POST /, HTTP/1.1, kept, body in chunks"),
          new Accepted(
              "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
              "CONNECT a:80, HTTP/1.1, kept, no body"),
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
          new Refused("GET ▲\r\n", 400, "there is no target"),
          new Refused("GET / ▲\r\n", 400, "there is no version"),
          new Refused("GET /a ▲X\r\n", 400, "this is no version"),
          new Refused("GET /▲\r\nHost: a\r\n\r\n", 400, "there is no version: that was HTTP/0.9"),
          new Refused(
              "GET /a▲\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a NUL is no part of a target"),
          new Refused(
              "GET /▲\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "a target is ASCII: this is %C3%A4"),
          new Refused("GET /a▲\u007f HTTP/1.1\r\nHost: a\r\n\r\n", 400, "nor is a DEL"),
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

  /** What Host may hold: a host and perhaps a port, of RFC 3986. */
  private static final List<String> HOSTS =
      List.of(
          "",
          "a",
          "a,b",
          "a:",
          ":80",
          "a-1.b_c~:8080",
          "!$&'()*+;=",
          "%41%c3%a4%0a%20",
          "127.0.0.1:80",
          "1.2.3.4.5",
          "[::]",
          "[::1]",
          "[::1]:",
          "[::1]:80",
          "[1::]",
          "[1::8]",
          "[fe80:0:0:0:ABCD:12:345:6789]",
          "[1:2:3:4:5:6:7::]",
          "[::2:3:4:5:6:7:8]",
          "[1:2:3::5:6:7:8]",
          "[1:2:3:4:5:6:255.0.10.99]",
          "[::ffff:192.168.100.200]");

  private static final List<Refused> NO_HOSTS =
      List.of(
          host("a:▲b", "a port is a number"),
          host("a:80▲:80", "one port"),
          host("a:8▲ 0", "a port is a number"),
          host("a▲ b", "a name has no space"),
          host("▲user@a", "there is no user in Host"),
          host("a▲]", "a bracket that nothing opens"),
          host("▲%zz", "two hexadecimal digits follow a percent sign"),
          host("a▲%4", "two hexadecimal digits follow a percent sign"),
          host("a▲%4g", "two hexadecimal digits follow a percent sign"),
          host("a▲%", "two hexadecimal digits follow a percent sign"),
          host("▲\u00e4", "a name is ASCII: this is %C3%A4"),
          host("▲::1", "an IPv6 address stands in brackets, or where would its port begin?"),
          host("▲[::1", "a bracket that nothing closes"),
          host("▲[", "a bracket that nothing closes"),
          host("[::1]▲a", "behind an address comes a port, or nothing"),
          host("[::1]▲]", "behind an address comes a port, or nothing"),
          host("[▲]", "no address"),
          host("[▲:]", "no address"),
          host("[▲1]", "eight groups"),
          host("[▲1:2:3:4:5:6:7]", "eight groups"),
          host("[▲1:2:3:4:5:6:7:8:9]", "eight groups"),
          host("[▲1:2:3:4:5:6:7:8::]", "two colons stand for one group at least"),
          host("[▲::1:2:3:4:5:6:7:8]", "two colons stand for one group at least"),
          host("[::1▲::]", "two colons stand once: for how many groups, if twice?"),
          host("[::▲:]", "two colons, not three"),
          host("[▲:1:2:3:4:5:6:7]", "a colon stands between two groups"),
          host("[1:2:3:4:5:6:7▲:]", "a colon stands between two groups"),
          host("[1::2▲:]", "a colon stands between two groups"),
          host("[::1234▲5]", "a group has four digits at most"),
          host("[::▲g]", "hexadecimal digits"),
          host("[::1▲%25eth0]", "which interface it is does not leave the machine"),
          host("[▲1.2.3.4]", "an IPv4 address needs no brackets"),
          host("[▲1:2:3:4:5:6:7:1.2.3.4]", "an IPv4 address stands for two groups"),
          host("[▲1:2:3:4:5:1.2.3.4]", "an IPv4 address stands for two groups"),
          host("[::▲1.2.3.4:5]", "an IPv4 address comes last"),
          host("[::▲1.2.3]", "an IPv4 address has four numbers"),
          host("[::▲1.2.3.4.5]", "an IPv4 address has four numbers"),
          host("[::▲1.2.3.]", "an IPv4 address has four numbers"),
          host("[::▲1.2.3.256]", "each from 0 to 255"),
          host("[::▲1.2.3.0255]", "each of three digits at most"),
          host("[::▲1.2.3.04]", "some take 04 for octal"),
          host("[▲v1.x]", "an address of the future"));

  private static Refused host(String value, String why) {
    return new Refused("GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n", 400, why);
  }

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
          coding("▲, ,", 400, "a list that lists nothing: nothing says where the body ends"),
          coding("chunked▲, gzip", 400, "chunked is not the last"),
          coding("chunked▲, chunked", 400, "chunked twice"),
          coding("chunked, ▲,chunked", 400, "chunked twice, with nothing in between"),
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

  private static final List<List<Refused>> GROUPS =
      List.of(LINE_ENDS, REQUEST_LINES, FIELDS, NO_HOSTS, LENGTHS, CODINGS);

  private static final String CHUNKS =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** Bodies in chunks, whole. */
  private static final List<String> BODIES =
      List.of(
          "0\r\n\r\n",
          "3\r\nabc\r\n0\r\n\r\n",
          "00003\r\n\r\n\n\r\n0000\r\n\r\n",
          "a\r\n0123456789\r\n1A\r\n0\r\n\r\nabcdefghijklmnopqrstu\r\n0\r\n\r\n",
          "5;a=b\r\nabcde\r\n0;c\r\n\r\n",
          "5 ;a=b\r\nabcde\r\n0\r\n\r\n",
          "5 \t ; a = \"b c\"; d\r\nabcde\r\n0\t;\r\n\r\n",
          "0\r\nA:\r\nX-B: c d\t\u00e4\r\n\r\n");

  private static final List<Refused> NO_BODIES =
      List.of(
          chunks("▲\r\n", "a chunk has a size"),
          chunks("▲;a\r\n", "a chunk has a size"),
          chunks("▲ 5\r\n", "nothing stands before a size"),
          chunks("▲+5\r\n", "a sign is no digit"),
          chunks("0▲x5\r\n", "hexadecimal digits, and nothing to say that they are"),
          chunks("4 ▲4\r\n", "one size: behind white space only a semicolon comes"),
          chunks("4 ▲\r\n", "white space belongs to the semicolon that is to follow"),
          chunks("4▲\n", "a bare LF: not everyone ends a line there"),
          chunks("4;a▲\nb\r\n", "a bare LF: not everyone ends a line there"),
          chunks("4;a\r▲b\r\n", "a bare CR: some take it for the end of a line"),
          chunks("4;a=▲\0\r\n", "a NUL is no part of an extension"),
          chunks("123456781234567▲8\r\n", "a size that soon no long will hold"),
          chunks("1\r\na▲b\r\n0\r\n\r\n", "the chunk is longer than its size"),
          chunks("2\r\na\r▲\n0\r\n\r\n", "the chunk is shorter than its size"),
          chunks("1\r\na▲\n0\r\n\r\n", "a bare LF behind a chunk"),
          chunks("0\r\nfoo▲\r\n\r\n", "a trailer has a colon"),
          chunks("0\r\nfoo▲ : b\r\n\r\n", "white space before the colon"),
          chunks("0\r\n▲: b\r\n\r\n", "a trailer has a name"),
          chunks("0\r\n▲ a: b\r\n\r\n", "a line that begins with a space"),
          chunks("0\r\nGET▲ / HTTP/1.1\r\n\r\n", "this is a request, to somebody"),
          chunks("0\r\na: b▲\0\r\n\r\n", "a value has no NUL"),
          chunks("0\r\na: b▲\n\r\n", "a bare LF behind a trailer"),
          chunks("0\r\n▲\n", "a bare LF for the empty line"),
          chunks("0\r\n\r▲x", "a bare CR for the empty line"));

  private static Refused chunks(String body, String why) {
    return new Refused(CHUNKS + body, 400, why);
  }

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
            + "ACCEPT:z\r\nX-SIZE: 7\r\n\r\n";
    RequestParser parser = parser();
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw unread(text, answer, parser);
    }
    Request request = parser.request();
    same(text, "the method", "POST", request.method().toString());
    same(text, "the target", "/a/b?c=d", request.targetText());
    same(text, "the path", "/a/b", request.pathText());
    same(text, "the number of fields", "5", String.valueOf(request.fields()));
    same(text, "Host", "example:80", request.valueText(request.field(Wire.bytes("host"))));
    same(text, "X-Empty", "", request.valueText(request.field(Wire.bytes("x-empty"))));
    int accept = request.field(Wire.bytes("accept"));
    same(text, "the first Accept, without the white space", "x, y", request.valueText(accept));
    int second = request.field(Wire.bytes("accept"), accept + 1);
    same(text, "the second Accept", "z", request.valueText(second));
    same(text, "X-SIZE", "7", request.valueText(request.field(Wire.bytes("x-size"))));
    same(text, "a field that is not there", "-1", "" + request.field(Wire.bytes("content")));
  }

  @Test
  @DisplayName("a hundred fields are as easy to find as four")
  void manyFields() {
    StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 1; i < 100; i++) {
      head.append("X-").append(i).append(": ").append(1000 + i).append("\r\n");
    }
    String text = head.append("\r\n").toString();
    RequestParser parser = parser();
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw unread(text, answer, parser);
    }
    Request request = parser.request();
    same(text, "the number of fields", "100", "" + request.fields());
    for (int i = 1; i < 100; i++) {
      int field = request.field(Wire.bytes("x-" + i));
      same(text, "where X-%d stands".formatted(i), "" + i, "" + field);
      same(text, "its value", "" + (1000 + i), request.valueText(field));
    }
  }

  @Test
  @DisplayName("methods are known by their names, to the letter")
  void methods() {
    for (Method each : Method.values()) {
      boolean isKnown = each != Method.OTHER;
      String target = each == Method.CONNECT ? "a:80" : "/";
      method(each.name(), target, isKnown ? each : Method.OTHER);
      method(each.name().toLowerCase(Locale.ROOT), "/", Method.OTHER);
      method(each.name() + "S", "/", Method.OTHER);
      method(each.name().substring(1), "/", Method.OTHER);
    }
  }

  private void method(String name, String target, Method expected) {
    String text = name + " " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    RequestParser parser = parser();
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw unread(text, answer, parser);
    }
    same(text, "the method", "" + expected, "" + parser.request().method());
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
  @DisplayName("Host holds a host and perhaps a port, to the letter")
  void hosts() {
    for (String host : HOSTS) {
      String text = "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      RequestParser parser = parser();
      int answer = feed(parser, text);
      if (answer != text.length()) {
        throw unread(text, answer, parser);
      }
    }
    NO_HOSTS.forEach(this::refuses);
  }

  @Test
  @DisplayName("a target has one of four forms, and the method says which it may be")
  void targets() {
    form("GET", "/", Request.Form.ORIGIN, "a path");
    form("OPTIONS", "/*", Request.Form.ORIGIN, "a path");
    form("OPTIONS", "*", Request.Form.ASTERISK, "the server as a whole");
    form("GET", "*", Request.Form.NONE, "only OPTIONS asks the server as a whole");
    form("OPTIONS", "*a", Request.Form.NONE, "an asterisk stands alone");
    form("GET", "http://a", Request.Form.ABSOLUTE, "a host and no path");
    form("GET", "http://a?b", Request.Form.ABSOLUTE, "a host and a query");
    form("GET", "HTTP://a:80/b:c", Request.Form.ABSOLUTE, "schemes have no case");
    form("GET", "http://[::1]:8080/?/", Request.Form.ABSOLUTE, "an address and a path");
    form("GET", "http:///", Request.Form.NONE, "there is no host");
    form("GET", "http://", Request.Form.NONE, "there is no host");
    form("GET", "http://?a", Request.Form.NONE, "there is no host");
    form("GET", "http://:80/", Request.Form.NONE, "there is no host");
    form("GET", "http://a:x/", Request.Form.NONE, "a port is a number");
    form("GET", "http://<>/", Request.Form.NONE, "no host has such a name");
    form("GET", "http://u@a/", Request.Form.NONE, "no user stands before the host");
    form("GET", "http:/a", Request.Form.NONE, "two slashes");
    form("GET", "ftp://a/", Request.Form.NONE, "another protocol");
    form("GET", "a/b", Request.Form.NONE, "a path begins with a slash");
    form("GET", "https://a/", Request.Form.SECURE, "what TLS is needed for");
    form("GET", "https:///", Request.Form.NONE, "there is no host");
    form("CONNECT", "a:80", Request.Form.AUTHORITY, "a host and a port");
    form("CONNECT", "[::1]:443", Request.Form.AUTHORITY, "a host and a port");
    form("CONNECT", "a", Request.Form.NONE, "there is no port");
    form("CONNECT", "a:", Request.Form.NONE, "there is no port");
    form("CONNECT", ":80", Request.Form.NONE, "there is no host");
    form("CONNECT", "a:b", Request.Form.NONE, "a port is a number");
    form("CONNECT", "/", Request.Form.NONE, "CONNECT asks for a host, not for a path");
    form("GET", "a:80", Request.Form.NONE, "only CONNECT asks for a host");
    path("http://a/b/c?d=/", "/b/c");
    path("http://a", "/");
    path("https://a?b/c", "/");
    path("/a//b?c?d", "/a//b");
    path("*", "*");
  }

  private void form(String method, String target, Request.Form expected, String why) {
    String text = "%s %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(method, target);
    RequestParser parser = parser();
    int answer = feed(parser, text);
    if (answer != text.length()) {
      throw unread(text, answer, parser);
    }
    same(text, "the form of the target, " + why, "" + expected, "" + parser.request().form());
  }

  private void path(String target, String expected) {
    String text = "GET %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(target);
    RequestParser parser = parser();
    feed(parser, text);
    same(text, "the path", expected, parser.request().pathText());
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
    GROUPS.forEach(group -> group.forEach(each -> everySplit(each.bytes())));
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

  @Test
  @DisplayName("no byte is looked at but those that have come")
  void withinItsBytes() {
    for (Accepted each : ACCEPTED) {
      withinItsBytes(each.text);
    }
    HOSTS.forEach(each -> withinItsBytes("GET / HTTP/1.1\r\nHost: " + each + "\r\n\r\n"));
    GROUPS.forEach(group -> group.forEach(each -> withinItsBytes(each.bytes())));
  }

  /** Each part of {@code text} that could have come so far, in memory that holds nothing else. */
  private void withinItsBytes(String text) {
    RequestParser goesOn = parser();
    int answer = RequestParser.INCOMPLETE;
    for (int length = 0; length <= text.length(); length++) {
      String part = text.substring(0, length);
      RequestParser amid = parser();
      String expected = outcome(amid, feed(amid, part));
      RequestParser alone = parser();
      String actual = outcome(alone, exactly(alone, part));
      if (!actual.equals(expected)) {
        throw new Finding(
            Wire.show(part), expected + ": so it was with other bytes round it", actual);
      }
      if (answer == RequestParser.INCOMPLETE) {
        answer = exactly(goesOn, part);
      }
    }
  }

  /** Parses what lies from the very first to the very last byte of a piece of memory. */
  private int exactly(RequestParser parser, String text) {
    byte[] bytes = Wire.bytes(text);
    MemorySegment exact = memory.asSlice(memory.byteSize() - bytes.length);
    MemorySegment.copy(bytes, 0, exact, JAVA_BYTE, 0, bytes.length);
    try {
      return parser.parse(exact, 0, bytes.length);
    } catch (IndexOutOfBoundsException e) {
      throw beside(text, e);
    }
  }

  private static Finding beside(String text, IndexOutOfBoundsException reason) {
    return new Finding(
        Wire.show(text, text.length()),
        "only the %d bytes that have come are looked at".formatted(text.length()),
        "a look beside them, which would end the server: " + reason.getMessage(),
        reason);
  }

  @Test
  @DisplayName("a body in chunks is passed over to its end, and no further")
  void bodies() {
    for (String body : BODIES) {
      passes(body, body.length());
      for (int cut = 1; cut < body.length(); cut++) {
        passes(body, cut);
      }
      passes(body, 1);
    }
  }

  /** Passes over a body in pieces of so many bytes, each alone in memory; then comes a request. */
  private void passes(String body, int piece) {
    String bytes = body + SIMPLE;
    BodyReader reader = reader(CHUNKS);
    int at = 0;
    while (at < bytes.length() && !reader.isDone()) {
      int end = Math.min(bytes.length(), at + piece);
      long passed = skip(reader, bytes.substring(at, end));
      if (passed == BodyReader.BAD) {
        throw new Finding(Wire.show(bytes, at), "passed over: a body in chunks", "BAD (-1)");
      }
      at += (int) passed;
    }
    if (at != body.length()) {
      throw new Finding(
          Wire.show(bytes, body.length()),
          "the body ends at the mark, in pieces of %d bytes".formatted(piece),
          "%s after %d bytes".formatted(reader.isDone() ? "the end" : "no end", at));
    }
  }

  @Test
  @DisplayName("what is no body in chunks is refused at the byte that makes it wrong")
  void noBodies() {
    for (Refused each : NO_BODIES) {
      String body = each.bytes().substring(CHUNKS.length());
      int mark = each.marked.indexOf(MARK) - CHUNKS.length();
      for (int piece = 1; piece <= body.length(); piece++) {
        BodyReader reader = reader(CHUNKS);
        long passed = 0;
        int at = 0;
        while (at < body.length() && passed != BodyReader.BAD && !reader.isDone()) {
          int end = Math.min(body.length(), at + piece);
          passed = skip(reader, body.substring(at, end));
          at = end;
        }
        boolean inTime = at - 1 - mark < piece;
        if (passed != BodyReader.BAD || !inTime) {
          throw new Finding(
              Wire.show(body, mark),
              "refused: " + each.why,
              passed == BodyReader.BAD ? "refused too late" : "passed over");
        }
        if (skip(reader(CHUNKS), body.substring(0, mark)) != mark) {
          throw new Finding(
              Wire.show(body, mark), "nothing is wrong before the mark", "it is refused before");
        }
      }
    }
  }

  @Test
  @DisplayName("a body of a length is passed over to its end, and one that is too long is not")
  void lengthOfBodies() {
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %s\r\n\r\n";
    BodyReader reader = reader(head.formatted(7));
    same(head, "what is passed over of 3 bytes", "3", "" + skip(reader, "abc"));
    same(head, "and of 20 more", "4", "" + skip(reader, "defgGET / HTTP/1.1\r\n"));
    same(head, "the end", "true", "" + reader.isDone());
    same(head, "a body of no bytes: the end", "true", "" + reader(head.formatted(0)).isDone());
    same(SIMPLE, "no body: the end", "true", "" + reader(SIMPLE).isDone());
    long limit = BodyReader.LIMIT;
    same(head, "the longest", "true", "" + canSkip(head.formatted(limit)));
    same(head, "a byte more", "false", "" + canSkip(head.formatted(limit + 1)));
    same(CHUNKS, "chunks, whose length nobody knows", "true", "" + canSkip(CHUNKS));
    reader = reader(head.formatted(limit));
    String quarter = "x".repeat((int) limit / 4);
    for (int i = 0; i < 4; i++) {
      same(head, "a quarter of the longest body", "" + limit / 4, "" + skip(reader, quarter));
    }
    same(head, "the end", "true", "" + reader.isDone());
    int before = "40000\r\n".length() + "40000\r\n\r\n".length() * 3;
    String rest = "y".repeat((int) (limit - 3 * quarter.length() - before));
    String most = ("40000\r\n" + quarter + "\r\n").repeat(3) + "40000\r\n" + rest;
    same(CHUNKS, "chunks and their frame, up to the limit", "" + limit, "" + chunked(most));
    same(CHUNKS, "a byte more, which is too much", "" + BodyReader.BAD, "" + chunked(most + "y"));
    String frame = "1;" + "a".repeat((int) limit - 2);
    same(CHUNKS, "one long extension, up to the limit", "" + limit, "" + chunked(frame));
    same(CHUNKS, "and a byte more", "" + BodyReader.BAD, "" + chunked(frame + "a"));
  }

  private boolean canSkip(String head) {
    RequestParser parser = parser();
    feed(parser, head);
    return BodyReader.canSkip(parser.request());
  }

  private long chunked(String body) {
    return skip(reader(CHUNKS), body);
  }

  /** Ready for the body behind {@code head}. */
  private BodyReader reader(String head) {
    RequestParser parser = parser();
    int answer = feed(parser, head);
    if (answer != head.length()) {
      throw unread(head, answer, parser);
    }
    BodyReader reader = new BodyReader();
    reader.begin(parser.request());
    return reader;
  }

  /** How many bytes are passed over of a piece that is alone in memory; or BAD. */
  private long skip(BodyReader reader, String piece) {
    MemorySegment exact = Wire.memory(piece);
    try {
      return reader.read(exact, 0, piece.length());
    } catch (IndexOutOfBoundsException e) {
      throw beside(piece, e);
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
    within(limits, "\r\n\r\n" + line + "Host: a\r\n\r\n", "the same behind empty lines");
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
    new Limits(1, 1, 1);
    int[][] impossible = {{0, 10, 1}, {10, 9, 1}, {10, 10, 0}};
    for (int[] each : impossible) {
      try {
        new Limits(each[0], each[1], each[2]);
      } catch (IllegalArgumentException e) {
        continue;
      }
      throw new Finding(
          List.of("new Limits(%s)".formatted(Arrays.toString(each))),
          "an IllegalArgumentException: each is 1 at least, and a head holds its request line",
          "it was taken");
    }
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
    parser.next();
    feed(parser, "GET / HTTP/1.1\r\nHost: ab\r\nX: c\r\n\r\n");
    parser.next();
    String behind = "GET / HTTP/1.1\r\nHost: \r\n\r\nX: c\r\n\r\n";
    feed(parser, behind);
    int field = parser.request().field(Wire.bytes("x"));
    same(behind, "X, which stands behind the head, where the last one had it", "-1", "" + field);
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

  /** Puts a text into memory, with a CR before it and an end behind it that are no part of it. */
  private void place(String text, long at) {
    byte[] bytes = Wire.bytes("\n\r\n\r" + text + "\r\n\r\n");
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

  /** Where a parser that should have taken the text gave up; of a long one that would take long. */
  private Finding unread(String text, int answer, RequestParser parser) {
    int caret = -1;
    int last = answer == RequestParser.BAD && text.length() < 4096 ? text.length() : 0;
    for (int length = 1; caret < 0 && length <= last; length++) {
      caret = feed(parser(), text.substring(0, length)) == RequestParser.BAD ? length - 1 : -1;
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
