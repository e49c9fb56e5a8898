package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/**
 * The loop as a client: connecting, on the simulated kernel and on the real one; and what a server
 * answers, cut into pieces in every way.
 */
@Step("client")
@Tag("client")
final class ClientTest {
  private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 8080);
  private static final InetSocketAddress SILENT = new InetSocketAddress("127.0.0.1", 8081);
  private static final URI PAGE = URI.create("http://127.0.0.1:8080/page?a=b");

  /** What {@link Fetch} sends for {@link #PAGE}. */
  private static final String REQUEST =
      "GET /page?a=b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n";

  /** Nobody takes longer than that on a machine that works. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Fault[] MENU = {
    Fault.PARTIAL_READS,
    Fault.PARTIAL_WRITES,
    Fault.SPURIOUS_EAGAIN,
    Fault.SPURIOUS_READINESS,
    Fault.EINTR,
    Fault.EVENT_ORDER
  };

  /** The JDK keeps a socket of its own from the first one on that it closes. */
  @BeforeAll
  static void firstSocket() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      accepted.shutdownOutput();
    }
  }

  // ---- Connecting

  /** Writes down what it is told, and sends a word when it is connected. */
  private static final class Diary implements Protocol {
    final List<String> told = new ArrayList<>();
    private final String word;

    Diary(String word) {
      this.word = word;
    }

    @Override
    public void connected(Connection connection) {
      told.add(connection.isConnecting() ? "connected, and connecting still" : "connected");
      say(connection, word);
    }

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      String last = told.isEmpty() ? "" : told.getLast();
      String text = new String(input.asSlice(from, to - from).toArray(JAVA_BYTE));
      if (last.startsWith("received ")) {
        told.set(told.size() - 1, last + text);
      } else {
        told.add("received " + text);
      }
      return to - from;
    }

    @Override
    public void failed(int errno) {
      told.add("failed " + (errno < 0 ? "−" : "") + Errno.name(errno));
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  private static void say(Connection connection, String word) {
    MemorySegment memory = Arena.ofAuto().allocate(word.length() + 1);
    MemorySegment.copy(word.getBytes(), 0, memory, JAVA_BYTE, 0, word.length());
    connection.send(memory, 0, word.length());
  }

  /** A loop on a simulation, and what a test asks of the two. */
  private static final class Bench implements AutoCloseable {
    final Simulation simulation;
    final Recording kernel;
    final EventLoop loop;
    final int open;

    Bench(long seed, Trigger trigger, Fault... menu) {
      this(Simulation.seeded(seed, menu), trigger, new SpareBuffers());
    }

    Bench(Simulation simulation, Trigger trigger, Buffers buffers) {
      this.simulation = simulation;
      kernel = Recording.of(simulation, simulation);
      loop = Loops.of(kernel, kernel, simulation::nanoTime, buffers, trigger);
      open = simulation.openDescriptors();
    }

    void drive() {
      simulation.drive(loop::turn);
    }

    void expect(boolean holds, String expected, String observed) {
      if (!holds) {
        throw new Finding(simulation.tail(20), expected, observed);
      }
    }

    void expectTold(Diary diary, String why, String... wanted) {
      expect(
          diary.told.equals(List.of(wanted)),
          "the protocol is told: %s; %s".formatted(words(List.of(wanted)), why),
          "it is told: " + words(diary.told));
    }

    private static String words(List<String> told) {
      return told.isEmpty() ? "nothing" : String.join(", ", told);
    }

    void expectNothingOpen() {
      int left = simulation.openDescriptors() - open;
      expect(left == 0, "no descriptor left open", left + " left open");
    }

    @Override
    public void close() {
      loop.close();
    }
  }

  @Test
  @DisplayName("where nobody listens, nobody is connected, and the reason is told")
  void refused() {
    for (Trigger trigger : Trigger.values()) {
      try (Bench bench = new Bench(0, trigger)) {
        Diary diary = new Diary("hello");
        Connection connection = bench.loop.connect(SERVER, diary);
        bench.expectTold(diary, "connect has only begun");
        bench.drive();
        bench.expectTold(
            diary,
            "a socket is writable also when its connect has failed",
            "failed ECONNREFUSED",
            "closed");
        bench.expect(
            !connection.isConnecting(), "connecting no longer: it has failed", "connecting still");
        bench.expectNothingOpen();
      }
    }
  }

  @Test
  @DisplayName("who is connecting is watched for room to send, from the beginning")
  void watchedForRoom() {
    try (Bench bench = new Bench(0, Trigger.LEVEL)) {
      Diary diary = new Diary("hello");
      Peer server = bench.simulation.peer("server").accept(SERVER).expect(5);
      Connection connection = bench.loop.connect(SERVER, diary);
      // The wait is to end in any case.
      bench.loop.schedule(Duration.ofSeconds(1), () -> {});
      bench.loop.turn();
      bench.expect(
          bench.kernel.tail(20).stream()
              .anyMatch(call ->
                  call.startsWith("epoll_ctl(ADD, %d, EPOLLIN|EPOLLOUT)".formatted(connection.fd))),
          "fd %d added with EPOLLOUT: writable is what it becomes when the outcome is known"
              .formatted(connection.fd),
          "added without, so that nobody will hear of the outcome");
      bench.drive();
      bench.expectTold(diary, "the server has accepted it", "connected");
      bench.expect(server.text().equals("hello"), "hello", server.text());
    }
  }

  @Test
  @DisplayName("the protocol is told once that it is connected, and what is sent arrives in order")
  void connects() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          try (Bench bench = new Bench(seed, trigger(seed), MENU)) {
            String early = "e".repeat(random.nextInt(2_000));
            Diary diary = new Diary("l".repeat(random.nextInt(2_000)));
            Peer server = bench.simulation.peer("server").window(4_096).accept(SERVER);
            if (random.nextBoolean()) {
              server.pause(Duration.ofMillis(random.nextInt(5)));
            }
            server.expect(early.length() + diary.word.length()).send("goodbye").halfClose();
            say(bench.loop.connect(SERVER, diary), early);
            bench.drive();
            bench.expectTold(diary, "in this order", "connected", "received goodbye", "closed");
            bench.expect(
                server.text().equals(early + diary.word),
                "%,d bytes that were sent before it was connected, and %,d from then on"
                    .formatted(early.length(), diary.word.length()),
                "%,d bytes, different from byte %,d on"
                    .formatted(
                        server.received().length,
                        Arrays.mismatch(server.received(), (early + diary.word).getBytes())));
            bench.expectNothingOpen();
          }
        });
  }

  private static Trigger trigger(long seed) {
    return seed % 2 == 0 ? Trigger.LEVEL : Trigger.EDGE;
  }

  @Test
  @DisplayName("a server that speaks first is heard")
  void speaksFirst() {
    for (Trigger trigger : Trigger.values()) {
      try (Bench bench = new Bench(0, trigger)) {
        Diary diary = new Diary("");
        Peer server = bench.simulation.peer("server").accept(SERVER).send("220 welcome");
        bench.loop.connect(SERVER, diary);
        bench.simulation.advance(Duration.ofSeconds(1));
        server.halfClose().expectEnd();
        bench.drive();
        bench.expectTold(
            diary,
            "it was connected and had sent its first words before the loop looked",
            "connected",
            "received 220 welcome",
            "closed");
      }
    }
  }

  @Test
  @DisplayName("as long as nobody answers, the loop sleeps; in the end the kernel gives up")
  void nobodyAnswers() {
    for (Trigger trigger : Trigger.values()) {
      try (Bench bench = new Bench(0, trigger)) {
        fullQueue(bench.simulation);
        Diary diary = new Diary("hello");
        Connection connection = bench.loop.connect(SERVER, diary);
        say(connection, "early");
        connection.sendMore();
        bench.drive();
        bench.expectTold(
            diary,
            "the server's accept queue is full and drops every SYN",
            "failed ETIMEDOUT",
            "closed");
        bench.expect(
            bench.kernel.count("epoll_wait") <= 3,
            "2 or 3 waits in the 127 s that it takes",
            "%d waits".formatted(bench.kernel.count("epoll_wait")));
      }
    }
  }

  @Test
  @DisplayName("a client with less patience than the kernel gives up earlier, connected or not")
  void impatient() {
    for (Trigger trigger : Trigger.values()) {
      try (Bench bench = new Bench(0, trigger)) {
        bench.loop.closeIdleAfter(Duration.ofSeconds(5));
        bench.simulation.peer("silent server").accept(SILENT);
        fullQueue(bench.simulation);
        Diary neverConnected = new Diary("");
        Heard neverAnswered = new Heard();
        bench.loop.connect(SERVER, neverConnected);
        Fetch.get(bench.loop, URI.create("http://127.0.0.1:8081/"), neverAnswered);
        bench.drive();
        bench.expectTold(
            neverConnected, "nobody has answered for 5 s", "failed ETIMEDOUT", "closed");
        bench.expect(
            neverAnswered
                .outcome()
                .equals("failed: ETIMEDOUT, and this is missing: the whole answer"),
            "the other one was connected, but nothing came for 5 s",
            neverAnswered.toString());
        bench.expect(
            bench.simulation.nanoTime() < 10_000_000_000L,
            "all that within 10 s",
            "after %,d ns".formatted(bench.simulation.nanoTime()));
      }
    }
  }

  /** Somebody listens, and has no room for one more who would like to be accepted. */
  private static void fullQueue(Simulation simulation) {
    int listener = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    simulation.bind(listener, SERVER);
    simulation.listen(listener, 0);
    simulation.peer("another client").connect(SERVER);
    simulation.advance(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("who gives up while it is being connected leaves nothing behind")
  void givesUp() {
    for (Trigger trigger : Trigger.values()) {
      try (Bench bench = new Bench(0, trigger)) {
        fullQueue(bench.simulation);
        int open = bench.simulation.openDescriptors();
        Diary closes = new Diary("");
        Diary finishes = new Diary("");
        bench.loop.connect(SERVER, closes).close();
        bench.loop.connect(SERVER, finishes).closeWhenSent();
        bench.expectTold(closes, "no error has ended it", "closed");
        bench.expectTold(finishes, "there is nothing to be sent", "closed");
        bench.expect(
            bench.simulation.openDescriptors() == open,
            "no descriptor left open",
            "%d left open".formatted(bench.simulation.openDescriptors() - open));
        bench.drive();
      }
    }
  }

  @Test
  @DisplayName("the real kernel: a closed port, and an address that nobody can reach")
  void realFailures() throws IOException {
    for (Trigger trigger : Trigger.values()) {
      try (EventLoop loop =
          Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers(), trigger)) {
        expectFailure(loop, closedPort(), "ECONNREFUSED", "nobody listens there");
        expectFailure(
            loop,
            new InetSocketAddress("255.255.255.255", 80),
            "ENETUNREACH",
            "that is everybody, and connect(2) says so at once");
      }
    }
  }

  private static InetSocketAddress closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }
  }

  private static void expectFailure(
      EventLoop loop, InetSocketAddress address, String error, String why) {
    Story story = new Story();
    Diary diary = new Diary("hello");
    loop.connect(address, diary);
    story.then("connect(%s)", address);
    story.expect(
        diary.told.isEmpty(),
        "nothing is told before connect has returned",
        Bench.words(diary.told));
    boolean[] late = {false};
    loop.schedule(PATIENCE, () -> late[0] = true);
    while (!diary.told.contains("closed") && !late[0]) {
      loop.turn();
    }
    story.expect(
        diary.told.equals(List.of("failed " + error, "closed")),
        "failed %s, then closed: %s".formatted(error, why),
        Bench.words(diary.told));
  }

  // ---- The answer

  @Test
  @DisplayName("an answer means the same, however it is cut")
  void everySplit() {
    for (Response response : Response.all()) {
      int length = response.sent().length;
      for (int cut = 1; cut < length; cut++) {
        Cuts cuts = new Cuts(response);
        cuts.comes(cut);
        cuts.comes(length);
        cuts.expectComplete();
      }
      Cuts bytes = new Cuts(response);
      for (int i = 1; i <= length; i++) {
        bytes.comes(i);
      }
      bytes.expectComplete();
    }
  }

  @Test
  @DisplayName("no byte is looked at that has not come, nor one before the first")
  void everyEdge() {
    for (Response response : Response.all()) {
      int length = response.sent().length;
      for (int cut = 0; cut <= length; cut++) {
        String wanted = outcome(response, cut, 100, 100);
        if (!wanted.contains(response.wanted())) {
          throw new Cuts(response).finding(response.wanted(), wanted);
        }
        expectOutcome(response, cut, wanted, outcome(response, cut, 0, 0), "exactly as long as it");
        expectOutcome(
            response, cut, wanted, outcome(response, cut, 0, 100), "of which it is the beginning");
        expectOutcome(
            response, cut, wanted, outcome(response, cut, 100, 0), "of which it is the end");
      }
    }
  }

  /**
   * What a parser makes of a response that comes in two pieces, each in memory of its own.
   *
   * @param before so many line feeds lie before each piece
   * @param behind so many behind it
   */
  private static String outcome(Response response, int cut, int before, int behind) {
    Heard heard = new Heard();
    ResponseParser parser = new ResponseParser(response.head(), heard);
    byte[] sent = response.sent();
    int consumed = 0;
    List<Long> results = new ArrayList<>();
    try {
      for (int to : new int[] {cut, sent.length}) {
        byte[] memory = new byte[before + to - consumed + behind];
        Arrays.fill(memory, (byte) '\n');
        System.arraycopy(sent, consumed, memory, before, to - consumed);
        long result = parser.parse(MemorySegment.ofArray(memory), before, before + to - consumed);
        results.add(result);
        if (result < 0 || result > to - consumed) {
          break;
        }
        consumed += (int) result;
      }
    } catch (IndexOutOfBoundsException e) {
      return "parse throws " + e;
    }
    if (parser.ended()) {
      heard.complete();
    }
    return "%s bytes consumed; %s; missing: %s".formatted(results, heard, parser.missing());
  }

  private static void expectOutcome(
      Response response, int cut, String wanted, String actual, String memory) {
    if (!actual.equals(wanted)) {
      throw new Cuts(response)
          .finding(
              "as where there is room around it: " + wanted,
              "the first %,d bytes, in memory %s: %s".formatted(cut, memory, actual));
    }
  }

  /** A parser that is given a response bit by bit, and what was left once more, as a loop does. */
  private static final class Cuts {
    private final Response response;
    private final MemorySegment sent;
    private final Heard heard = new Heard();
    private final ResponseParser parser;
    private final List<String> story = new ArrayList<>();

    private int consumed;
    private boolean bad;

    Cuts(Response response) {
      this.response = response;
      byte[] bytes = response.sent();
      sent = Arena.ofAuto().allocate(bytes.length + 1);
      MemorySegment.copy(bytes, 0, sent, JAVA_BYTE, 0, bytes.length);
      parser = new ResponseParser(response.head(), heard);
    }

    /** Now {@code length} bytes have come in all. */
    void comes(int length) {
      if (story.size() < 10) {
        story.add("%,d of %,d bytes have come".formatted(length, response.sent().length));
      }
      if (bad || parser.isDone()) {
        return;
      }
      long result = parse(length);
      bad = result == ResponseParser.BAD;
      if (!bad && (result < 0 || result > length - consumed)) {
        throw finding(
            "0 to %,d bytes consumed, as many as have come".formatted(length - consumed),
            "%,d consumed".formatted(result));
      }
      consumed += bad ? 0 : (int) result;
    }

    private long parse(int length) {
      try {
        return parser.parse(sent, consumed, length);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw finding("a number of bytes, or BAD", "parse throws " + e);
      }
    }

    void expectComplete() {
      if (response.untilEnd()) {
        story.add("the server ends");
        boolean whole = parser.ended();
        if (!whole) {
          throw finding("that was the end of the body", "it is not taken for that");
        }
      }
      if (bad) {
        throw finding(response.wanted(), "BAD: " + parser.error());
      }
      if (parser.isDone()) {
        heard.complete();
      }
      if (!heard.toString().equals(response.wanted())
          || !Arrays.equals(heard.body(), response.body().getBytes(StandardCharsets.ISO_8859_1))) {
        throw finding(response.wanted(), heard.toString());
      }
      if (consumed != response.sent().length) {
        throw finding(
            "all %,d bytes consumed".formatted(response.sent().length),
            "%,d consumed".formatted(consumed));
      }
    }

    Finding finding(String expected, String observed) {
      List<String> told = new ArrayList<>();
      told.add("the server answers with " + response.what());
      told.add("  \"%s\"".formatted(visible(response.bytes())));
      told.addAll(story);
      return new Finding(told, expected, observed);
    }
  }

  private static String visible(String bytes) {
    String text = bytes.replace("\r", "\\r").replace("\n", "\\n").replaceAll("[^ -~]", ".");
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  @Test
  @DisplayName("a server that ends too early has not answered, wherever it stops")
  void endsEarly() {
    for (Response response : Response.all()) {
      int length = response.sent().length;
      for (int cut = 0; cut < length; cut++) {
        Cuts cuts = new Cuts(response);
        cuts.comes(cut);
        cuts.story.add("the server ends");
        String missing = cuts.parser.missing();
        boolean whole = cuts.parser.ended();
        boolean wanted = response.untilEnd() && cut >= response.headLength();
        if (whole != wanted) {
          throw cuts.finding(
              wanted
                  ? "that is the whole answer: only the end tells how long the body is"
                  : "the answer is cut short, and this is missing: " + missing,
              whole ? "it is taken for the whole answer" : "it is taken for cut short");
        }
      }
    }
  }

  @Test
  @DisplayName("what is no answer is refused, with what is wrong and where")
  void malformed() {
    String ok = "HTTP/1.1 200 OK\r\n";
    String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    expectBad("HTTP/2 200 OK\r\n\r\n", "no status line: \"HTTP/2 200 OK\", from byte 0");
    expectBad("SSH-2.0-OpenSSH_9\r\n", "no status line");
    expectBad("HTTP/1.1 20 OK\r\n\r\n", "no status line");
    expectBad("HTTP/1.1 101 Switching Protocols\r\n\r\n", "another protocol");
    expectBad(ok + "Server: x\n\r\n", "a line that ends without CR");
    expectBad(ok + "no colon\r\n\r\n", "no field: \"no colon\", from byte 17");
    expectBad(ok + "Content-Length : 5\r\n\r\n", "no field");
    expectBad(ok + "A: b\r\n c\r\n\r\n", "no field");
    expectBad(ok + "A: b\rContent-Length: 5\r\n\r\n", "a control character");
    for (String length : List.of("", "+5", "-5", "5, 5", "0x5", "five", "9".repeat(19))) {
      expectBad(ok + "Content-Length: %s\r\n\r\n".formatted(length), "no number of bytes");
    }
    expectBad(ok + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", "a second word");
    expectBad(ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "a second word");
    expectBad(ok + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", "a second word");
    expectBad(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", "a coding that nobody");
    expectBad("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "a coding that nobody");
    for (String size :
        List.of("", ";", ";a", " 5", "g", "+5", "-5", "0x5", "5 5", "5 junk;x", "1".repeat(16))) {
      expectBad(chunked + size + "\r\nhello\r\n0\r\n\r\n", "no chunk size: \"%s".formatted(size));
    }
    expectBad(chunked + "4\r\nhello\r\n0\r\n\r\n", "more in a chunk than its size");
    expectBad(ok + "A: " + "b".repeat(ResponseParser.LINE) + "\r\n\r\n", "a line of more than");
    expectBad(ok + ("A: " + "b".repeat(1_000) + "\r\n").repeat(70) + "\r\n", "more than 65,536");
    expectBad(
        chunked + "0\r\n" + ("A: " + "b".repeat(1_000) + "\r\n").repeat(70) + "\r\n",
        "more than 65,536");
  }

  @Test
  @DisplayName("a chunk may be large, and behind its size may stand what nobody understands")
  void chunkSizes() {
    expectChunk("5", 5);
    expectChunk("0005", 5);
    expectChunk("aF", 0xaf);
    expectChunk("5 ", 5);
    expectChunk("5 ;x", 5);
    expectChunk("5;x=\";\"; y", 5);
    expectChunk("FFFFFFFF", 0xffff_ffffL);
    expectChunk("f".repeat(15), 0xfff_ffff_ffff_ffffL);
  }

  private static void expectChunk(String line, long size) {
    String bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + line + "\r\n";
    Cuts cuts = new Cuts(new Response("a chunk of some size", false, bytes, 0, "", false));
    cuts.comes(bytes.length());
    String wanted = "%,d bytes of a chunk, and what follows it".formatted(size);
    String missing = cuts.bad ? "BAD: " + cuts.parser.error() : cuts.parser.missing();
    if (!missing.equals(wanted)) {
      throw cuts.finding("what is missing now: " + wanted, missing);
    }
  }

  private static void expectBad(String bytes, String why) {
    Response response = new Response("something else", false, bytes, 0, "", false);
    int length = bytes.length();
    for (int cut = 1; cut < length; cut += length < 1_000 ? 1 : length / 3) {
      Cuts cuts = new Cuts(response);
      cuts.comes(cut);
      cuts.comes(length);
      if (!cuts.bad) {
        throw cuts.finding("BAD: " + why, cuts.heard.toString());
      }
      if (!cuts.parser.error().startsWith(why)) {
        throw cuts.finding("BAD: " + why, "BAD: " + cuts.parser.error());
      }
    }
  }

  // ---- Both together

  @Test
  @DisplayName("a request goes out, its answer comes in, and nobody waits for the server to close")
  void fetches() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          Response response = Response.any(random);
          try (Bench bench = new Bench(seed, trigger(seed), MENU)) {
            Peer server = bench.simulation.peer("server").accept(SERVER).expect(REQUEST.length());
            sendInPieces(server, response.sent(), random);
            if (response.untilEnd()) {
              server.halfClose();
            }
            server.expectEnd();
            Heard heard = new Heard();
            Fetch.get(bench.loop, PAGE, heard);
            bench.drive();
            bench.expect(
                server.text().equals(REQUEST),
                "the request, once",
                "\"%s\"".formatted(visible(server.text())));
            expectHeard(bench, heard, response);
            bench.expectNothingOpen();
          }
        });
  }

  private static void sendInPieces(Peer server, byte[] bytes, Random random) {
    int sent = 0;
    while (sent < bytes.length) {
      int most = sent < 100 ? 40 : 6_000;
      int piece = Math.min(bytes.length - sent, 1 + random.nextInt(most));
      server.send(Arrays.copyOfRange(bytes, sent, sent + piece));
      sent += piece;
      if (random.nextInt(4) == 0) {
        server.pause(Duration.ofMillis(random.nextInt(20)));
      }
    }
  }

  private static void expectHeard(Bench bench, Heard heard, Response response) {
    byte[] body = response.body().getBytes(StandardCharsets.ISO_8859_1);
    int at = Arrays.mismatch(heard.body(), body);
    bench.expect(
        heard.toString().equals(response.wanted()) && at < 0,
        response.wanted(),
        heard + (at < 0 ? "" : ", different from byte %,d on".formatted(at)));
  }

  @Test
  @DisplayName("a server that resets the connection or ends it too early has not answered")
  void cutShort() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          Response response = Response.any(random);
          int cut = random.nextInt(response.sent().length);
          boolean reset = random.nextBoolean() || response.untilEnd();
          try (Bench bench = new Bench(seed, trigger(seed), MENU)) {
            Peer server = bench.simulation.peer("server").accept(SERVER).expect(REQUEST.length());
            sendInPieces(server, Arrays.copyOf(response.sent(), cut), random);
            if (reset) {
              server.reset();
            } else {
              server.halfClose().expectEnd();
            }
            Heard heard = new Heard();
            Fetch.get(bench.loop, PAGE, heard);
            bench.drive();
            String wanted = reset ? "failed: ECONNRESET" : "failed: the server has ended";
            bench.expect(
                heard.outcome().startsWith(wanted) && !heard.outcome().contains("then"),
                "%s, after %,d bytes of %,d".formatted(wanted, cut, response.sent().length),
                heard.toString());
            bench.expectNothingOpen();
          }
        });
  }

  @Test
  @DisplayName("what comes behind the answer does not belong to it")
  void moreThanPromised() {
    for (Response response : Response.all()) {
      if (response.untilEnd() || response.head()) {
        continue;
      }
      try (Bench bench = new Bench(0, Trigger.LEVEL)) {
        bench
            .simulation
            .peer("server")
            .accept(SERVER)
            .expect(REQUEST.length())
            .send((response.bytes() + "more").getBytes(StandardCharsets.ISO_8859_1))
            .expectEnd();
        Heard heard = new Heard();
        Fetch.get(bench.loop, PAGE, heard);
        bench.drive();
        expectHeard(bench, heard, response);
      }
    }
  }

  @Test
  @DisplayName("a body is handed on as it comes, and not collected")
  void streams() {
    Lent lent = new Lent();
    byte[] body = new byte[2_000_000];
    new Random(0).nextBytes(body);
    try (Bench bench = new Bench(Simulation.seeded(0), Trigger.LEVEL, lent)) {
      bench
          .simulation
          .peer("server")
          .accept(SERVER)
          .expect(REQUEST.length())
          .send("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(body.length))
          .send(body)
          .expectEnd();
      Heard heard = new Heard();
      Fetch.get(bench.loop, PAGE, heard);
      bench.drive();
      bench.expect(
          heard.outcome().equals("complete") && Arrays.equals(heard.body(), body),
          "all %,d bytes, in order".formatted(body.length),
          heard.toString());
      bench.expect(
          lent.most <= 16_384,
          "no more than half a line kept at any time",
          "%,d bytes of buffers in use at once".formatted(lent.most));
    }
  }

  /** Buffers, and how many bytes of them were lent at once. */
  private static final class Lent implements Buffers {
    private final SpareBuffers buffers = new SpareBuffers();
    private long now;
    private long most;

    @Override
    public MemorySegment take(long bytes) {
      MemorySegment buffer = buffers.take(bytes);
      now += buffer.byteSize();
      most = Math.max(most, now);
      return buffer;
    }

    @Override
    public void give(MemorySegment buffer) {
      now -= buffer.byteSize();
      buffers.give(buffer);
    }
  }

  @Test
  @DisplayName("a loop that winds up lets an answer that is on its way come in")
  void windsUp() {
    try (Bench bench = new Bench(0, Trigger.LEVEL)) {
      bench
          .simulation
          .peer("server")
          .accept(SERVER)
          .expect(REQUEST.length())
          .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
          .pause(Duration.ofSeconds(1))
          .send("llo")
          .expectEnd();
      Heard heard = new Heard();
      Fetch.get(bench.loop, PAGE, heard);
      bench.loop.shutdown();
      bench.drive();
      bench.expect(heard.outcome().equals("complete"), "the answer, complete", heard.toString());
    }
  }

  // ---- Real servers

  @Test
  @DisplayName("the JDK's server: what it says by length, in chunks and without a body is heard")
  void realServer() throws IOException {
    byte[] body = new byte[300_000];
    new Random(0).nextBytes(body);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/length", exchange -> answer(exchange, 200, body.length, body));
    server.createContext("/chunks", exchange -> answer(exchange, 200, 0, body));
    server.createContext("/nothing", exchange -> answer(exchange, 204, -1, new byte[0]));
    server.createContext("/empty", exchange -> answer(exchange, 404, -1, new byte[0]));
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      expectReal(base + "/length", false, 200, body);
      expectReal(base + "/chunks", false, 200, body);
      expectReal(base + "/nothing", false, 204, new byte[0]);
      expectReal(base + "/empty", false, 404, new byte[0]);
      expectReal(
          base + "/nowhere",
          false,
          404,
          "<h1>404 Not Found</h1>No context found for request".getBytes());
      expectReal(base + "/length", true, 200, new byte[0]);
    } finally {
      server.stop(0);
    }
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, int status, long length, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(
          status, exchange.getRequestMethod().equals("HEAD") ? -1 : length);
      try (OutputStream out = exchange.getResponseBody()) {
        if (!exchange.getRequestMethod().equals("HEAD")) {
          out.write(body);
        }
      }
    }
  }

  private static void expectReal(String uri, boolean head, int status, byte[] body) {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    Story story = new Story(kernel).then("%s %s", head ? "HEAD" : "GET", uri);
    try (EventLoop loop = Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      Heard heard = new Heard().then(loop::stop);
      loop.schedule(PATIENCE, loop::stop);
      if (head) {
        Fetch.head(loop, URI.create(uri), heard);
      } else {
        Fetch.get(loop, URI.create(uri), heard);
      }
      loop.run();
      story.expect(
          heard.toString().equals(Heard.describe(status, body, "complete"))
              && Arrays.equals(heard.body(), body),
          Heard.describe(status, body, "complete"),
          heard.toString());
    }
  }
}
