package readiness.acceptance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Requests to begin with: valid ones of every shape, and bad ones of every kind that we know. */
final class Vectors {
  private static final List<String> VALID =
      List.of(
          "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n",
          "HEAD /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /small.txt?a=b&c=%20 HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /%73mall%2Etxt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /a/../b/./../small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET http://localhost:8080/small.txt HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "DELETE /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost:\r\n\r\n",
          "GET /small.txt HTTP/1.0\r\n\r\n",
          "GET /small.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nConnection: ,, keep-alive ,x\r\n\r\n",
          "\r\n\r\nGET /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /large.bin HTTP/1.1\r\nHost: localhost\r\nRange: bytes=10-20\r\n\r\n",
          "GET /large.bin HTTP/1.1\r\nHost: localhost\r\nRange: bytes=-5\r\n\r\n",
          "GET /large.bin HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Range: bytes=5-\r\n"
              + "If-Range: \"x\"\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"a\", W/\"b\", *\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nIf-Match: \"a\"\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\n"
              + "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\nhello world",
          "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
              + "Content-Length: 3\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5\r\nhello\r\n0\r\n\r\n",
          "PUT /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
              + "A;a=b;c=\"d\"\r\n0123456789\r\n00\r\nX-Trailer: y\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "1\r\na\r\n2\r\nbc\r\n3 ;x\r\ndef\r\n0\r\nA: b\r\nC: d\r\n\r\n"
              + "GET /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nX-Empty:\r\nX-High: \u00e9\u00ff\r\n\r\n",
          "GET /small.txt HTTP/1.1\r\nHost: localhost\r\nCookie: a=b; c=d\r\nCookie: e=f\r\n\r\n"
              + "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"
              + "GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "TRACE /small.txt HTTP/1.1\r\nHost: localhost\r\nMax-Forwards: 0\r\n\r\n",
          "M-SEARCH /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");

  private static final List<String> BAD =
      List.of(
          "GET / HTTP/1.1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a:80:80\r\n\r\n",
          "GET / H\r\n",
          "GET / \r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / \r\n",
          "GET / HTTP/1\r\nHost: localhost\r\n\r\n",
          "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n",
          "GET /  HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET http:/// HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /%zz%0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /..%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /\r\n",
          "GET\r\n\r\n",
          " GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET / HTTP/1.1\nHost: localhost\n\n",
          "\n",
          "\r",
          "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\n: b\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nA\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nA: \1\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9223372036854775808\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\ng\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "FFFFFFFFFFFFFFFFFF\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
          "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "0\r\nfoo : b\r\n\r\n",
          "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
          "");

  private static final List<byte[]> ALL =
      Stream.concat(VALID.stream(), BAD.stream())
          .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
          .toList();

  private Vectors() {}

  /** All of them. */
  static List<byte[]> all() {
    return ALL;
  }
}
