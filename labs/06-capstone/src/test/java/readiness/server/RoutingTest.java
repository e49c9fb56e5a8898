package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static readiness.server.Method.DELETE;
import static readiness.server.Method.GET;
import static readiness.server.Method.PUT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.kernel.Peer;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Who answers, where, and in which order the answers leave. */
@Step("routing")
@Tag("routing")
final class RoutingTest {
  private static final Logger LOG = Logger.getLogger("readiness.server");

  /** Longer than any machine takes; nothing is asserted about it. */
  private static final long PATIENCE_SECONDS = 5;

  private final List<String> trace = new ArrayList<>();
  private @Nullable Level before;

  /** What fails here is meant to fail, and would be logged. */
  @BeforeEach
  void quiet() {
    before = LOG.getLevel();
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    LOG.setLevel(before);
  }

  private void then(String line, Object... values) {
    trace.add(line.formatted(values));
  }

  private void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw new Finding(trace, expected, observed);
    }
  }

  private void same(String what, Object wanted, @Nullable Object actual) {
    expect(wanted.equals(actual), what + ": " + wanted, String.valueOf(actual));
  }

  // ---- paths

  @Test
  @DisplayName("a path is matched segment by segment, and each segment decoded by itself")
  void matches() {
    List<List<String>> cases =
        List.of(
            List.of("/users/{u}/followers", "/users/ann/followers", "[ann]"),
            List.of("/users/{u}/following/{v}", "/users/ann/following/bob", "[ann, bob]"),
            List.of("/users/{u}", "/users/a%20b", "[a b]"),
            List.of("/users/{u}", "/users/a%2Fb", "[a/b]"),
            List.of("/users/{u}", "/users/%c3%a4", "[ä]"),
            List.of("/users/{u}", "/us%65rs/ann", "[ann]"),
            List.of("/users/{u}", "/users/%2561", "[%61]"),
            List.of("/", "/", "[]"),
            List.of("/users/{u}", "/users", "no match: a segment is missing"),
            List.of("/users/{u}", "/users/", "no match: an empty segment is nobody's name"),
            List.of("/users/{u}", "/users/ann/", "no match: there is a segment more, an empty one"),
            List.of("/users/{u}", "/users/a/b", "no match: there is a segment more"),
            List.of("/users/{u}", "//users/ann", "no match: the first segment is empty"),
            List.of("/users/{u}", "/Users/ann", "no match: paths are case-sensitive"),
            List.of("/users/{u}", "*", "no path: it begins with no slash"),
            List.of("/users/{u}", "/users/%zz", "no path: %zz is not two hexadecimal digits"),
            List.of("/users/{u}", "/users/%ff", "no path: that is no UTF-8"));
    for (List<String> each : cases) {
      List<String> path = Route.split(each.get(1));
      List<String> values = path == null ? null : new Route(each.get(0)).match(path);
      String observed = path == null ? "no path" : values == null ? "no match" : values.toString();
      then("%s is asked for %s", each.get(0), each.get(1));
      expect(each.get(2).startsWith(observed), each.get(2), observed);
      trace.clear();
    }
  }

  @Test
  @DisplayName("the more specific path is asked first, whichever was added first")
  void specificFirst() {
    List<String> patterns =
        new ArrayList<>(
            List.of("/users/{u}", "/users/new", "/{a}/new", "/{a}/{b}", "/users/{u}/x"));
    Seeds.each(
        20,
        seed -> {
          Collections.shuffle(patterns, new Random(seed));
          Router router = new Router(new Workers(1, 0));
          for (String each : patterns) {
            router.on(GET, each, _ -> Response.of(200).body(Wire.bytes(each)));
          }
          then("added in this order: %s", patterns);
          for (List<String> each :
              List.of(
                  List.of("/users/new", "/users/new"),
                  List.of("/users/old", "/users/{u}"),
                  List.of("/books/new", "/{a}/new"),
                  List.of("/books/old", "/{a}/{b}"))) {
            same(
                each.get(0) + " is answered by",
                each.get(1),
                ask(router, "GET", each.get(0)).text());
          }
          trace.clear();
        });
  }

  // ---- methods

  /** What a router answers, on the simulated kernel. */
  private Answer ask(Handler handler, String method, String path) {
    try (Served served = new Served(0, handler)) {
      Peer client =
          served
              .client("client")
              .send("%s %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(method, path))
              .halfClose()
              .expectEnd();
      served.drive();
      return Answer.read(client.received(), 0, method.equals("HEAD"));
    }
  }

  private static Router people() {
    return new Router(new Workers(1, 0))
        .on(GET, "/users/{u}", call -> Response.of(200).body(Wire.bytes(call.parameter("u"))))
        .on(PUT, "/users/{u}", _ -> Response.of(204))
        .on(DELETE, "/sessions", _ -> Response.of(204))
        .on(
            GET,
            "/fails",
            _ -> {
              throw new IllegalStateException("secret of the house");
            });
  }

  @Test
  @DisplayName(
      "404 where nothing is, 400 for what is no path, 405 with Allow where it is the method")
  void statuses() {
    for (List<String> each :
        List.of(
            List.of("GET", "/users/ann", "200"),
            List.of("PUT", "/users/ann", "204"),
            List.of("GET", "/nowhere", "404"),
            List.of("GET", "/users/ann/x", "404"),
            List.of("PUT", "/nowhere", "404"),
            List.of("GET", "/users/%zz", "400"),
            List.of("DELETE", "/users/ann", "405 Allow: GET, HEAD, PUT, OPTIONS"),
            List.of("GET", "/sessions", "405 Allow: DELETE, OPTIONS"),
            List.of("HEAD", "/sessions", "405 Allow: DELETE, OPTIONS"),
            List.of("OPTIONS", "/users/ann", "204 Allow: GET, HEAD, PUT, OPTIONS"),
            List.of("OPTIONS", "/sessions", "204 Allow: DELETE, OPTIONS"),
            List.of("OPTIONS", "/nowhere", "404"),
            List.of("OPTIONS", "*", "204 Allow: GET, HEAD, PUT, DELETE, OPTIONS"))) {
      Answer answer = ask(people(), each.get(0), each.get(1));
      String allow = answer.field("Allow");
      then("%s %s", each.get(0), each.get(1));
      same("the answer", each.get(2), answer.status() + (allow == null ? "" : " Allow: " + allow));
      trace.clear();
    }
  }

  @Test
  @DisplayName("HEAD is answered as GET would be, without the body")
  void head() {
    Answer answer = ask(people(), "HEAD", "/users/annabel");
    then("HEAD /users/annabel → %d, %s", answer.status(), answer.fields());
    same("the status", 200, answer.status());
    same("the length that GET would have sent", "7", answer.field("Content-Length"));
  }

  @Test
  @DisplayName("an action that throws: 500, no word of why, and the connection serves on")
  void fails() {
    try (Served served = new Served(0, people())) {
      Peer client =
          served.client("client").send(get("/fails") + get("/users/ann")).halfClose().expectEnd();
      served.drive();
      then("GET /fails, whose action throws IllegalStateException(\"secret of the house\")");
      then("%s", Wire.escape(client.text()));
      expect(
          !client.text().contains("secret") && !client.text().contains("Exception"),
          "no word of why: a stack trace tells a stranger how to try next",
          "the client reads it");
      served.expect(client, List.of("500 500 Internal Server Error\n", "200 ann"));
    }
  }

  @Test
  @DisplayName("what the router does not know is somebody else's")
  void otherwise() {
    Handler files =
        (request, response) -> response.write(Response.of(200).body(Wire.bytes("a file")));
    Router router =
        new Router(new Workers(1, 0), files).on(GET, "/users/{u}", _ -> Response.of(204));
    same("GET /index.html", "a file", ask(router, "GET", "/index.html").text());
    same("DELETE /users/ann", 405, ask(router, "DELETE", "/users/ann").status());
  }

  private static String get(String... paths) {
    StringBuilder requests = new StringBuilder();
    for (String path : paths) {
      requests.append("GET %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(path));
    }
    return requests.toString();
  }

  // ---- the order of answers

  /** Where a pipeline's answers go. */
  private final class Sent implements Pipeline.Outlet {
    final List<String> answers = new ArrayList<>();

    @Override
    public void send(Later later, Response response) {
      answers.add(Wire.text(response.body()));
    }

    @Override
    public void send(MemorySegment bytes) {
      answers.add(Wire.text(bytes.toArray(JAVA_BYTE)));
    }
  }

  @Test
  @DisplayName("in whatever order they finish, answers leave in the order of their requests")
  void inOrder() {
    Seeds.each(
        300,
        seed -> {
          Random random = new Random(seed);
          trace.clear();
          Pipeline pipeline = new Pipeline();
          Sent sent = new Sent();
          List<Later> open = new ArrayList<>();
          List<String> names = new ArrayList<>();
          List<String> order = new ArrayList<>();
          int requests = 1 + random.nextInt(8);
          for (int i = 1; i <= requests || !open.isEmpty(); ) {
            if (i <= requests && (open.isEmpty() || random.nextInt(3) > 0)) {
              String name = "answer " + i++;
              order.add(name);
              if (pipeline.isEmpty() || random.nextBoolean()) {
                Later later = later(pipeline, sent);
                pipeline.open(later);
                open.add(later);
                names.add(name);
                then("%s is to come later", name);
              } else {
                MemorySegment memory = Wire.memory("<" + name + ">");
                pipeline.hold(memory, 1, name.length());
                memory.fill((byte) '?');
                then("%s is there at once, and its memory used again", name);
              }
            } else {
              int which = random.nextInt(open.size());
              then("%s has come", names.get(which));
              open.remove(which).answer(Response.of(200).body(Wire.bytes(names.remove(which))));
            }
            check(pipeline, order, names, sent);
          }
        });
  }

  /** What has left is a beginning of the order, as far as the first that is waited for. */
  private void check(Pipeline pipeline, List<String> order, List<String> open, Sent sent) {
    int due = order.size();
    for (String name : open) {
      due = Math.min(due, order.indexOf(name));
    }
    same("what has left by now", order.subList(0, due), sent.answers);
    same("whether nothing is waited for", open.isEmpty(), pipeline.isEmpty());
    long waiting =
        order.subList(due, order.size()).stream()
            .filter(each -> !sent.answers.contains(each))
            .count();
    expect(
        pipeline.waiting() >= open.size() && pipeline.waiting() <= waiting,
        "the number of answers that have a place is between %d and %d"
            .formatted(open.size(), waiting),
        "" + pipeline.waiting());
    expect(
        (pipeline.held() > 0) == (waiting > pipeline.waiting()),
        "bytes wait only behind an answer that is waited for, and are counted",
        pipeline.held() + " bytes");
  }

  private Later later(Pipeline pipeline, Pipeline.Outlet outlet) {
    return new Later(
        Runnable::run,
        (later, response) -> pipeline.finish(later, response, outlet),
        false,
        true,
        true);
  }

  @Test
  @DisplayName("who answers twice is heard once")
  void twice() {
    Pipeline pipeline = new Pipeline();
    Sent sent = new Sent();
    Later first = later(pipeline, sent);
    Later second = later(pipeline, sent);
    pipeline.open(first);
    pipeline.open(second);
    second.answer(Response.of(200).body(Wire.bytes("two")));
    second.answer(Response.of(200).body(Wire.bytes("two again")));
    first.answer(Response.of(200).body(Wire.bytes("one")));
    first.answer(Response.of(200).body(Wire.bytes("one again")));
    then("the second answers twice, then the first answers twice");
    same("what has left", List.of("one", "two"), sent.answers);
  }

  @Test
  @DisplayName("a connection that is closed cancels all that it waits for, and holds nothing")
  void cancels() {
    Pipeline pipeline = new Pipeline();
    Sent sent = new Sent();
    List<Later> laters = List.of(later(pipeline, sent), later(pipeline, sent));
    pipeline.open(laters.get(0));
    pipeline.hold(Wire.memory("abc"), 0, 3);
    pipeline.open(laters.get(1));
    pipeline.cancel();
    then("two answers are waited for, three bytes behind the first; the connection is closed");
    for (Later each : laters) {
      expect(each.isCancelled(), "each of them cancelled", "one of them is not");
    }
    expect(
        pipeline.isEmpty() && pipeline.waiting() == 0 && pipeline.held() == 0,
        "nothing is waited for or held any more",
        "%d and %d bytes".formatted(pipeline.waiting(), pipeline.held()));
  }

  @Test
  @DisplayName(
      "pipelined requests to one server: the slow first, and every answer where it belongs")
  void pipelined() {
    Seeds.each(
        20,
        seed -> {
          Served[] served = new Served[1];
          Handler handler =
              (request, response) -> {
                String path = request.pathText();
                Response answer = Response.of(200).body(Wire.bytes(path));
                if (path.startsWith("/now")) {
                  response.write(answer);
                } else {
                  Later later = response.later();
                  served[0].loop.schedule(
                      Duration.ofMillis(Integer.parseInt(path.substring(1))),
                      () -> later.answer(answer));
                }
              };
          try (Served each = new Served(seed, handler)) {
            served[0] = each;
            Peer client =
                each.client("client")
                    .send(get("/30", "/now", "/20", "/10", "/now", "/40", "/1"))
                    .halfClose()
                    .expectEnd();
            each.drive();
            each.expect(
                client,
                List.of(
                    "200 /30", "200 /now", "200 /20", "200 /10", "200 /now", "200 /40", "200 /1"));
          }
        });
  }

  // ---- workers

  /** Work that says when it runs, and ends when it is told to. */
  private static final class Job {
    final CountDownLatch runs = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);
    final AtomicBoolean unwanted = new AtomicBoolean();

    Response work() throws InterruptedException {
      runs.countDown();
      end.await();
      return Response.of(200);
    }
  }

  private final BlockingQueue<Response> answers = new LinkedBlockingQueue<>();

  private boolean start(Workers workers, Job job) {
    return workers.start(job.unwanted::get, job::work, answers::add);
  }

  private Response answer() throws InterruptedException {
    Response answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    expect(answer != null, "an answer", "none in %d s".formatted(PATIENCE_SECONDS));
    return Objects.requireNonNull(answer);
  }

  private void runs(Job job, String which) throws InterruptedException {
    expect(
        job.runs.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
        which + " runs",
        "it does not, in %d s".formatted(PATIENCE_SECONDS));
  }

  private static List<Job> jobs(int count) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(new Job());
    }
    return jobs;
  }

  @Test
  @DisplayName("two run, two wait in order, the fifth is refused")
  void bounded() throws InterruptedException {
    Workers workers = new Workers(2, 2);
    List<Job> jobs = jobs(5);
    try {
      for (int i = 0; i < 5; i++) {
        boolean taken = start(workers, jobs.get(i));
        then("Workers of 2 places and room for 2: start(%d) → %s", i + 1, taken);
        expect(
            taken == i < 4, i < 4 ? "it is taken on" : "refused: two run and two wait", "" + taken);
      }
      runs(jobs.get(0), "the first");
      runs(jobs.get(1), "the second");
      expect(jobs.get(2).runs.getCount() == 1, "the third waits", "it runs beside the first two");
      jobs.get(0).end.countDown();
      then("the first ends");
      answer();
      runs(jobs.get(2), "the third, which has waited longest,");
      expect(jobs.get(3).runs.getCount() == 1, "the fourth waits", "it runs");
      expect(start(workers, new Job()), "there is room for one again", "it is refused");
    } finally {
      jobs.forEach(each -> each.end.countDown());
    }
  }

  @Test
  @DisplayName("what is cancelled before its turn does not run")
  void cancelled() throws InterruptedException {
    Workers workers = new Workers(1, 5);
    List<Job> jobs = jobs(3);
    try {
      jobs.forEach(each -> start(workers, each));
      jobs.get(1).unwanted.set(true);
      then("one runs, two wait, and the client of the first of these leaves");
      jobs.get(1).end.countDown();
      jobs.get(0).end.countDown();
      runs(jobs.get(2), "the next that is wanted");
      expect(jobs.get(1).runs.getCount() == 1, "what is cancelled does not run", "it does");
    } finally {
      jobs.forEach(each -> each.end.countDown());
    }
  }

  @Test
  @DisplayName("what is cancelled takes up no room in the queue")
  void takesNoRoom() throws InterruptedException {
    Workers workers = new Workers(1, 2);
    List<Job> jobs = jobs(4);
    try {
      start(workers, jobs.get(0));
      start(workers, jobs.get(1));
      start(workers, jobs.get(2));
      jobs.get(1).unwanted.set(true);
      then("one runs, two wait, and the client of the first of these leaves");
      expect(
          start(workers, jobs.get(3)),
          "room for another: who is gone takes up none",
          "refused, as if two were waiting");
    } finally {
      jobs.forEach(each -> each.end.countDown());
    }
  }

  @Test
  @DisplayName("what runs is not interrupted, though its client leaves")
  void notInterrupted() throws InterruptedException {
    Workers workers = new Workers(1, 0);
    Job job = new Job();
    start(workers, job);
    runs(job, "the work");
    job.unwanted.set(true);
    job.end.countDown();
    then("the client leaves while the work is done");
    same("the work ends by itself, with", 200, answer().status());
  }

  @Test
  @DisplayName("work that throws, anything at all: 500, and its place is free again")
  void placeIsFree() throws InterruptedException {
    Workers workers = new Workers(1, 0);
    AtomicInteger runs = new AtomicInteger();
    for (Throwable each :
        List.of(new Exception("a"), new IllegalStateException("b"), new StackOverflowError("c"))) {
      expect(
          workers.start(
              () -> false,
              () -> {
                runs.incrementAndGet();
                throw sneaky(each);
              },
              answers::add),
          "the only place is free again",
          "refused, after %d that threw".formatted(runs.get()));
      then("the work throws %s", each);
      Response answer = answer();
      same("the status", 500, answer.status());
      expect(
          !new String(answer.body(), StandardCharsets.UTF_8).contains(each.toString()),
          "no word of why",
          Wire.text(answer.body()));
    }
    Job last = new Job();
    try {
      start(workers, last);
      then("work runs that does not end");
      expect(!start(workers, new Job()), "there is one place still, and not more", "another runs");
    } finally {
      last.end.countDown();
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Exception sneaky(Throwable t) throws T {
    throw (T) t;
  }

  @Test
  @DisplayName("the place is free before the answer is given: the next request finds it so")
  void freeBeforeAnswer() throws InterruptedException {
    Workers workers = new Workers(1, 0);
    AtomicBoolean taken = new AtomicBoolean();
    workers.start(
        () -> false,
        () -> Response.of(200),
        first -> {
          taken.set(workers.start(() -> false, () -> Response.of(204), answers::add));
          answers.add(first);
        });
    answer();
    then("a client gets its answer, and asks again at once");
    Response second = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    expect(
        taken.get() && second != null,
        "its next request is taken on",
        "503: its own last one is in the way");
  }

  @Test
  @DisplayName("a blocking action runs on no loop; above the bound it is 503 with Retry-After")
  void blocking() throws Exception {
    Job job = new Job();
    String[] thread = new String[1];
    Workers workers = new Workers(1, 0);
    Router router =
        new Router(workers)
            .blocking(
                PUT,
                "/users/{u}",
                1000,
                call -> {
                  thread[0] = Thread.currentThread().isVirtual() ? "virtual" : "the loop's";
                  job.work();
                  return Response.of(200)
                      .body(
                          Wire.bytes(
                              call.parameter("u") + Wire.text(call.body().toArray(JAVA_BYTE))));
                });
    String put = "PUT /users/ann HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    try (HttpServer server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), router);
        Client first = new Client(server.address());
        Client second = new Client(server.address());
        AutoCloseable end = job.end::countDown) {
      first.send(put);
      runs(job, "the action of the first client");
      second.send(put);
      Answer refused;
      try {
        refused = second.answer();
      } catch (SocketTimeoutException e) {
        throw new Finding(trace, "the second client is answered while the first waits", "" + e, e);
      }
      then("one place, no room: the second client's PUT → %d", refused.status());
      same("the second's status", 503, refused.status());
      expect(refused.field("Retry-After") != null, "Retry-After", "no such field");
      end.close();
      Answer answer = first.answer();
      same("the first's answer", "200 annabc", answer.status() + " " + answer.text());
      same("the thread of the action", "virtual", thread[0]);
    }
  }

  /** A real client. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;

    Client(InetSocketAddress address) throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(Wire.bytes(text));
    }

    /** Reads until an answer is whole, by its Content-Length. */
    Answer answer() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (true) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return Answer.read(bytes.toByteArray(), 0, false);
        }
        bytes.write(next);
        String text = Wire.text(bytes.toByteArray());
        int end = text.indexOf("\r\n\r\n");
        int length = text.indexOf("Content-Length: ");
        if (end >= 0 && length >= 0) {
          int wanted = Integer.parseInt(text.substring(length + 16, text.indexOf("\r\n", length)));
          if (bytes.size() == end + 4 + wanted) {
            return Answer.read(bytes.toByteArray(), 0, false);
          }
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
