package readiness.serialization;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TSimpleServer;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.NotYet;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Frames, calls and answers: by themselves, and with libthrift at the other end of a socket. */
@Step("frames")
@Tag("frames")
final class FramesTest {
  private static final Logger LOG = Logger.getLogger("readiness.serialization");

  /** Longer than any machine takes; nothing is asserted about it. */
  private static final int PATIENCE_MILLIS = 5_000;

  private static final int MAXIMUM = 1_000;

  private final Story story = new Story();

  /** What was logged: what fails here is meant to fail, and nobody has to read of it. */
  private final List<LogRecord> logged = new CopyOnWriteArrayList<>();

  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void quiet() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(log);
  }

  @AfterEach
  void loud() {
    LOG.removeHandler(log);
    LOG.setUseParentHandlers(true);
  }

  /** Who follows whom, in memory; and some names that ask for trouble. */
  private static final class Graph implements SocialGraph {
    final TreeMap<String, TreeSet<String>> followers = new TreeMap<>();

    @Override
    public boolean follow(String follower, String followee) throws Refused {
      if (follower.equals(followee)) {
        throw new Refused("nobody follows themselves");
      }
      if (follower.equals("trouble")) {
        throw new IllegalStateException("secret of the house");
      }
      if (follower.equals("wordless")) {
        throw new Refused("half a character: \ud800");
      }
      return followers.computeIfAbsent(followee, _ -> new TreeSet<>()).add(follower);
    }

    @Override
    public boolean unfollow(String follower, String followee) {
      return of(followee).remove(follower);
    }

    @Override
    public boolean isFollowing(String follower, String followee) {
      return of(followee).contains(follower);
    }

    @Override
    public List<String> getFollowers(String followee, String after, int limit) {
      return of(followee).tailSet(after, false).stream().limit(limit).toList();
    }

    private TreeSet<String> of(String followee) {
      return followers.getOrDefault(followee, new TreeSet<>());
    }
  }

  // ---- frames

  private static byte[] framed(byte[]... messages) {
    ByteWriter out = new ByteWriter();
    for (byte[] message : messages) {
      int begin = Framing.begin(out);
      out.writeBytes(message);
      Framing.end(begin, out);
    }
    return out.toByteArray();
  }

  @Test
  @DisplayName("a frame is four bytes of length, the highest first, and its message")
  void drawn() {
    byte[] message = new byte[300];
    Arrays.fill(message, (byte) 'x');
    byte[] frames = framed("abc".getBytes(StandardCharsets.US_ASCII), message, new byte[0]);
    ByteArrayOutputStream right = new ByteArrayOutputStream();
    right.writeBytes(new byte[] {0, 0, 0, 3, 'a', 'b', 'c', 0, 0, 1, 44});
    right.writeBytes(message);
    right.writeBytes(new byte[4]);
    story.then("frames of 3, of 300 and of no bytes, one behind the other");
    story.expectBytes(right.toByteArray(), frames, "300 is 00 00 01 2c, with the highest first");
    int empty =
        Framing.messageLength(
            MemorySegment.ofArray(frames), frames.length - 4, frames.length, MAXIMUM);
    story.expect(empty == 0, "the last frame is whole, and has no bytes", "" + empty);
  }

  @Test
  @DisplayName("frames split at every byte: incomplete until the last one, and never beyond it")
  void everySplit() {
    byte[] frames = framed(new byte[] {1, 2, 3, 4, 5}, new byte[] {6});
    for (int to = 0; to <= frames.length; to++) {
      MemorySegment memory = MemorySegment.ofArray(Arrays.copyOf(frames, to));
      int right = to >= 9 ? 5 : Framing.INCOMPLETE;
      int length = Framing.messageLength(memory, 0, to, MAXIMUM);
      story.then("of %s, %d bytes have come → %d", Story.hex(frames), to, length);
      story.expect(length == right, right < 0 ? "incomplete" : "5 bytes", "" + length);
      if (to >= 9) {
        right = to >= 14 ? 1 : Framing.INCOMPLETE;
        length = Framing.messageLength(memory, 9, to, MAXIMUM);
        story.then("behind the first: %d", length);
        story.expect(length == right, right < 0 ? "incomplete" : "1 byte", "" + length);
      }
    }
  }

  @Test
  @DisplayName("a length that nobody can mean is refused with its fourth byte")
  void tooLong() {
    for (int length : new int[] {MAXIMUM + 1, 1_195_725_856, Integer.MAX_VALUE, -1, 1 << 31}) {
      ByteWriter out = new ByteWriter();
      out.writeIntBigEndian(length);
      byte[] header = out.toByteArray();
      MemorySegment memory = MemorySegment.ofArray(header);
      story.then(
          "%s comes, a frame of %,d bytes%s",
          Story.hex(header),
          Integer.toUnsignedLong(length),
          length == 1_195_725_856 ? ": \"GET \", from a client that speaks HTTP" : "");
      story.expect(
          Framing.messageLength(memory, 0, 3, MAXIMUM) == Framing.INCOMPLETE,
          "incomplete, after three of the four",
          "" + Framing.messageLength(memory, 0, 3, MAXIMUM));
      story.expectMalformed(
          0,
          "%,d bytes are the most, and nobody waits for more".formatted(MAXIMUM),
          () -> Framing.messageLength(memory, 0, 4, MAXIMUM));
    }
    byte[] most = new byte[4 + MAXIMUM];
    most[2] = (byte) (MAXIMUM >> 8);
    most[3] = (byte) MAXIMUM;
    story.expect(
        Framing.messageLength(MemorySegment.ofArray(most), 0, most.length, MAXIMUM) == MAXIMUM,
        "%,d bytes are not too many".formatted(MAXIMUM),
        "another length");
  }

  @Test
  @DisplayName("the first byte of a message says which protocol it is in")
  void protocols() throws TException {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      byte[] call = call(protocol, "follow", ThriftMessage.CALL, 1, "ann", "bob");
      ThriftProtocol seen = Framing.protocol(MemorySegment.ofArray(call), 0, call.length);
      story.then("%s: %s", protocol, Story.hex(call));
      story.expect(seen == protocol, "" + protocol, "" + seen);
    }
    byte[] old = {0, 0, 0, 1, 'f', 1, 0, 0, 0, 1, 0};
    story.then("a binary message without a version: %s", Story.hex(old));
    story.expect(
        Framing.protocol(MemorySegment.ofArray(old), 0, old.length) == ThriftProtocol.BINARY,
        "BINARY: it begins with the length of a name",
        "another");
    for (byte[] none : new byte[][] {{}, {0x7f}, {'G', 'E', 'T'}, {(byte) 0x81}}) {
      story.then("%s", Story.hex(none));
      story.expectMalformed(
          0,
          "no protocol begins so",
          () -> Framing.protocol(MemorySegment.ofArray(none), 0, none.length));
    }
  }

  // ---- the processor

  private static TProtocolFactory libthrifts(ThriftProtocol protocol) {
    return protocol == ThriftProtocol.BINARY
        ? new TBinaryProtocol.Factory()
        : new TCompactProtocol.Factory();
  }

  /** A message with strings as its arguments 1, 2, …, as libthrift writes it. */
  private static byte[] call(
      ThriftProtocol protocol, String method, byte type, int seqid, String... arguments)
      throws TException {
    TMemoryBuffer memory = new TMemoryBuffer(64);
    TProtocol out = libthrifts(protocol).getProtocol(memory);
    out.writeMessageBegin(new TMessage(method, type, seqid));
    out.writeStructBegin(new TStruct("args"));
    for (int i = 0; i < arguments.length; i++) {
      out.writeFieldBegin(new TField("", TType.STRING, (short) (i + 1)));
      out.writeString(arguments[i]);
    }
    out.writeFieldStop();
    out.writeMessageEnd();
    return Arrays.copyOf(memory.getArray(), memory.length());
  }

  /** What the reader's processor answers. */
  private static byte[] answer(ThriftProtocol protocol, byte[] call) {
    ByteWriter out = new ByteWriter();
    out.writeByte('#'); // somebody else's, before it
    new SocialGraphProcessor(new Graph())
        .process(new ByteReader().open(MemorySegment.ofArray(call)), protocol, out);
    byte[] all = out.toByteArray();
    return all[0] == '#' ? Arrays.copyOfRange(all, 1, all.length) : all;
  }

  /** The header of an answer, and if it is one, what its exception says. */
  private String read(ThriftProtocol protocol, byte[] answer) throws TException {
    if (answer.length == 0) {
      return "no answer";
    }
    TProtocol in = libthrifts(protocol).getProtocol(new TMemoryInputTransport(answer));
    TMessage message = in.readMessageBegin();
    String what =
        switch (message.type) {
          case TMessageType.REPLY -> "REPLY";
          case TMessageType.EXCEPTION -> {
            TApplicationException e = TApplicationException.readFrom(in);
            yield "EXCEPTION %d \"%s\"".formatted(e.getType(), e.getMessage());
          }
          default -> "type " + message.type;
        };
    return "%s %s, seqid %d".formatted(message.name, what, message.seqid);
  }

  @Test
  @DisplayName("an answer has the call's name and number, whatever becomes of the call")
  void sequenceIds() throws TException {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      for (int seqid : new int[] {0, 1, 7, 300, Integer.MAX_VALUE, -1}) {
        for (String[] each :
            new String[][] {
              {"follow", "REPLY", "ann", "bob"},
              {"follow", "REPLY", "ann", "ann"},
              {"follow", "EXCEPTION", "trouble", "bob"},
              {"isFollowing", "REPLY", "ann", "bob"},
              {"unheardOf", "EXCEPTION", "ann"}
            }) {
          byte[] call =
              call(
                  protocol,
                  each[0],
                  ThriftMessage.CALL,
                  seqid,
                  Arrays.copyOfRange(each, 2, each.length));
          String answer = read(protocol, answer(protocol, call));
          story.then("%s%s, CALL %d → %s", protocol, Arrays.toString(each), seqid, answer);
          story.expect(
              answer.startsWith(each[0] + " " + each[1]) && answer.endsWith("seqid " + seqid),
              "%s of %s with seqid %d, by which a client knows its answer"
                  .formatted(each[1], each[0], seqid),
              answer);
        }
      }
    }
  }

  @Test
  @DisplayName("what goes wrong with a call is said as libthrift says it, and nothing of the house")
  void exceptions() throws TException {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      byte[] whole = call(protocol, "follow", ThriftMessage.CALL, 5, "ann", "bob");
      byte[] cut = Arrays.copyOf(whole, whole.length - 3);
      List<List<Object>> cases =
          List.of(
              List.of(
                  call(protocol, "unheardOf", ThriftMessage.CALL, 5),
                  TApplicationException.UNKNOWN_METHOD),
              List.of(
                  call(protocol, "follow", ThriftMessage.CALL, 5, "trouble", "bob"),
                  TApplicationException.INTERNAL_ERROR),
              List.of(
                  call(protocol, "follow", ThriftMessage.CALL, 5, "wordless", "bob"),
                  TApplicationException.INTERNAL_ERROR),
              List.of(cut, TApplicationException.PROTOCOL_ERROR));
      for (List<Object> each : cases) {
        String answer;
        try {
          answer = read(protocol, answer(protocol, (byte[]) each.get(0)));
        } catch (IllegalArgumentException e) {
          throw story
              .then("%s", Story.hex((byte[]) each.get(0)))
              .finding("an EXCEPTION of type " + each.get(1), e);
        }
        story.then("%s → %s", Story.hex((byte[]) each.get(0)), answer);
        story.expect(
            answer.contains("EXCEPTION %d ".formatted((int) each.get(1))),
            "an EXCEPTION of type " + each.get(1),
            answer);
        story.expect(!answer.contains("secret"), "not a word of what went wrong inside", answer);
      }
    }
  }

  @Test
  @DisplayName(
      "what goes wrong in the service is in its log, with the reason that nobody else is told")
  void inTheLog() throws TException {
    byte[] call = call(ThriftProtocol.BINARY, "follow", ThriftMessage.CALL, 5, "trouble", "bob");
    story.then(
        "follow(trouble, bob) → %s",
        read(ThriftProtocol.BINARY, answer(ThriftProtocol.BINARY, call)));
    story.expect(
        logged.size() == 1 && logged.getFirst().getThrown() instanceof IllegalStateException,
        "one line in the log of the service, with its IllegalStateException",
        logged.size() + " lines");
    call = call(ThriftProtocol.BINARY, "follow", ThriftMessage.CALL, 6, "ann", "ann");
    story.then(
        "follow(ann, ann) → %s", read(ThriftProtocol.BINARY, answer(ThriftProtocol.BINARY, call)));
    story.expect(
        logged.size() == 1, "no line more: to refuse is no failure", logged.size() + " lines");
  }

  @Test
  @DisplayName("ONEWAY is done, and nobody answers, not even when it goes wrong")
  void oneway() throws Exception {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      Graph graph = new Graph();
      for (String method : List.of("follow", "unheardOf")) {
        byte[] call = call(protocol, method, ThriftMessage.ONEWAY, 3, "ann", "bob");
        ByteWriter out = new ByteWriter();
        boolean answers =
            new SocialGraphProcessor(graph)
                .process(new ByteReader().open(MemorySegment.ofArray(call)), protocol, out);
        story.then("ONEWAY %s → %s", method, answers ? "an answer" : "none");
        story.expect(
            !answers && out.length() == 0,
            "nothing: the client does not wait, and would take it for the answer to its next call",
            Story.hex(out.toByteArray()));
      }
      story.expect(graph.isFollowing("ann", "bob"), "the call is done", "it is not");
    }
  }

  @Test
  @DisplayName("a message that is no call ends the connection, not the server")
  void noCall() throws TException {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      byte[] reply = call(protocol, "follow", ThriftMessage.REPLY, 3);
      story.then("a REPLY comes where calls come: %s", Story.hex(reply));
      story.expectMalformed(0, "it is no call", () -> answer(protocol, reply));
    }
  }

  @Test
  @DisplayName("unknown arguments are passed by, missing ones are empty, order is of no account")
  void argumentsByNumber() throws Exception {
    Graph graph = new Graph();
    ByteWriter call = new ByteWriter();
    ThriftWriter out = ThriftProtocol.BINARY.writer(call);
    out.writeMessageBegin(new ThriftMessage("follow", ThriftMessage.CALL, 1));
    out.writeStructBegin();
    out.writeFieldBegin(ThriftType.STRING, 2);
    out.writeString("bob");
    out.writeFieldBegin(ThriftType.I64, 1);
    out.writeI64(12);
    out.writeFieldBegin(ThriftType.LIST, 9);
    out.writeListBegin(ThriftType.I32, 1);
    out.writeI32(5);
    out.writeFieldBegin(ThriftType.STRING, 1);
    out.writeString("ann");
    out.writeStructEnd();
    story.then("follow(2: bob, 1: 12 as i64, 9: a list that nobody knows, 1: ann)");
    new SocialGraphProcessor(graph)
        .process(
            new ByteReader().open(MemorySegment.ofArray(call.toByteArray())),
            ThriftProtocol.BINARY,
            new ByteWriter());
    story.expect(
        graph.isFollowing("ann", "bob"),
        "ann follows bob: arguments are fields, and found by number and type",
        "" + graph.followers);
  }

  @Test
  @DisplayName("hostile messages: an answer, none, or a MalformedException; never more")
  void hostile() {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      SocialGraphProcessor processor = new SocialGraphProcessor(new Graph());
      ByteWriter out = new ByteWriter();
      Hostile hostile =
          new Hostile("process, " + protocol, in -> processor.process(in, protocol, out.clear()));
      hostile.each(
          1_000,
          random -> {
            String[] methods = {"follow", "unfollow", "isFollowing", "getFollowers", "x"};
            try {
              return call(
                  protocol,
                  methods[random.nextInt(methods.length)],
                  (byte) (1 + random.nextInt(4)),
                  random.nextInt(),
                  "a".repeat(random.nextInt(20)),
                  "b".repeat(random.nextInt(20)));
            } catch (TException e) {
              throw new AssertionError(e);
            }
          });
      story.expect(
          hostile.outcomes().size() > 2,
          "answers, and more than one way to go wrong",
          "" + hostile.outcomes());
    }
  }

  // ---- with libthrift

  /**
   * A small blocking server of the reader's processor: one client at a time, until it is closed.
   */
  private static final class Server implements AutoCloseable {
    private final ServerSocket listener;
    private final Thread thread;

    Server(SocialGraph graph) throws IOException {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      SocialGraphProcessor processor = new SocialGraphProcessor(graph);
      thread = Thread.ofPlatform().start(() -> serve(processor));
    }

    private void serve(SocialGraphProcessor processor) {
      while (true) {
        try (Socket client = listener.accept()) {
          client.setSoTimeout(PATIENCE_MILLIS);
          serve(processor, client.getInputStream(), client.getOutputStream());
        } catch (EOFException e) {
          // It has left; the next one, please.
        } catch (IOException e) {
          return;
        } catch (RuntimeException | Error e) {
          // Its connection is closed, and by that it learns.
        }
      }
    }

    private static void serve(SocialGraphProcessor processor, InputStream in, OutputStream out)
        throws IOException {
      DataInputStream data = new DataInputStream(in);
      ByteReader reader = new ByteReader();
      ByteWriter answer = new ByteWriter();
      while (true) {
        byte[] message = new byte[data.readInt()];
        data.readFully(message);
        MemorySegment memory = MemorySegment.ofArray(message);
        ThriftProtocol protocol = Framing.protocol(memory, 0, message.length);
        int begin = Framing.begin(answer.clear());
        if (processor.process(reader.open(memory), protocol, answer)) {
          Framing.end(begin, answer);
          out.write(answer.toByteArray());
        }
      }
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      listener.close();
      thread.join();
    }
  }

  @Test
  @DisplayName("libthrift's own client calls your processor, in either protocol")
  void libthriftsClient() throws Exception {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      try (Server server = new Server(new Graph());
          TSocket socket =
              new TSocket(
                  server.address().getHostString(), server.address().getPort(), PATIENCE_MILLIS)) {
        socket.open();
        TFramedTransport frames = new TFramedTransport(socket);
        var client =
            new readiness.oracle.thrift.SocialGraph.Client(
                libthrifts(protocol).getProtocol(frames));
        List<String> told = new ArrayList<>();
        try {
          told.add("" + client.follow("ann", "bob"));
          told.add("" + client.follow("ann", "bob"));
          told.add("" + client.follow("cleo", "bob"));
          told.add("" + client.isFollowing("cleo", "bob"));
          told.add("" + client.isFollowing("bob", "cleo"));
          told.add("" + client.getFollowers("bob", "", 10));
          told.add("" + client.getFollowers("bob", "ann", 10));
          told.add("" + client.getFollowers("nobody", "", 10));
          told.add("" + client.unfollow("ann", "bob"));
          told.add("" + client.unfollow("ann", "bob"));
          told.add(refused(() -> client.follow("ann", "ann")));
          told.add(refused(() -> client.follow("trouble", "bob")));
          told.add("" + client.isFollowing("cleo", "bob"));
        } catch (TException e) {
          throw story
              .then("libthrift's client, %s, was told: %s", protocol, told)
              .finding("an answer to the next call that it can read", e);
        }
        story.then("libthrift's client, %s", protocol);
        story.expect(told.equals(TOLD), "" + TOLD, "" + told);
      }
    }
  }

  private static final List<String> TOLD =
      List.of(
          "true",
          "false",
          "true",
          "true",
          "false",
          "[ann, cleo]",
          "[cleo]",
          "[]",
          "true",
          "false",
          "refused: nobody follows themselves",
          "application exception 6",
          "true");

  private interface Doing {
    void run() throws Exception;
  }

  private static String refused(Doing call) throws Exception {
    try {
      call.run();
      return "nothing is refused";
    } catch (readiness.oracle.thrift.Refused e) {
      return "refused: " + e.reason;
    } catch (SocialGraph.Refused e) {
      return "refused: " + e.reason();
    } catch (TApplicationException e) {
      return "application exception " + e.getType();
    } catch (ApplicationException e) {
      return "application exception " + e.type();
    }
  }

  /** libthrift's service on the same graph. */
  private static final class Theirs implements readiness.oracle.thrift.SocialGraph.Iface {
    private final Graph graph = new Graph();

    @Override
    public boolean follow(String follower, String followee) throws TException {
      try {
        return graph.follow(follower, followee);
      } catch (SocialGraph.Refused e) {
        throw new readiness.oracle.thrift.Refused(e.reason());
      } catch (IllegalStateException e) {
        throw new TException(e);
      }
    }

    @Override
    public boolean unfollow(String follower, String followee) {
      return graph.unfollow(follower, followee);
    }

    @Override
    public boolean isFollowing(String follower, String followee) {
      return graph.isFollowing(follower, followee);
    }

    @Override
    public List<String> getFollowers(String followee, String after, int limit) {
      return graph.getFollowers(followee, after, limit);
    }
  }

  @Test
  @DisplayName("your client calls libthrift's own server, in either protocol")
  void libthriftsServer() throws Exception {
    for (ThriftProtocol protocol : ThriftProtocol.values()) {
      ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      TServer server =
          new TSimpleServer(
              new TServer.Args(new TServerSocket(listener))
                  .processor(new readiness.oracle.thrift.SocialGraph.Processor(new Theirs()))
                  .protocolFactory(libthrifts(protocol))
                  .transportFactory(new TFramedTransport.Factory()));
      Thread thread = Thread.ofPlatform().start(server::serve);
      List<String> told = new ArrayList<>();
      try (Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        SocialGraphClient client =
            new SocialGraphClient(
                protocol,
                socket.getInputStream(),
                new BufferedOutputStream(socket.getOutputStream()));
        told.add("" + client.follow("ann", "bob"));
        told.add("" + client.follow("ann", "bob"));
        told.add("" + client.follow("cleo", "bob"));
        told.add("" + client.isFollowing("cleo", "bob"));
        told.add("" + client.isFollowing("bob", "cleo"));
        told.add("" + client.getFollowers("bob", "", 10));
        told.add("" + client.getFollowers("bob", "ann", 10));
        told.add("" + client.getFollowers("nobody", "", 10));
        told.add("" + client.unfollow("ann", "bob"));
        told.add("" + client.unfollow("ann", "bob"));
        told.add(refused(() -> client.follow("ann", "ann")));
        told.add(refused(() -> client.follow("trouble", "bob")));
        told.add("" + client.isFollowing("cleo", "bob"));
      } catch (IOException | MalformedException | ApplicationException e) {
        throw story
            .then("your client, %s, was told: %s", protocol, told)
            .finding("an answer to the next call", e);
      } finally {
        server.stop();
        listener.close();
        thread.join();
      }
      story.then("your client, %s, with libthrift's server", protocol);
      story.expect(told.equals(TOLD), "" + TOLD, "" + told);
    }
  }

  // ---- the client

  /** What the client makes of these bytes as an answer to isFollowing. */
  private static String heard(byte[] answer) {
    SocialGraphClient client =
        new SocialGraphClient(
            ThriftProtocol.BINARY, new ByteArrayInputStream(answer), new ByteArrayOutputStream());
    try {
      return "" + client.isFollowing("ann", "bob");
    } catch (ApplicationException e) {
      return "application exception " + e.type();
    } catch (NotYet e) {
      throw e;
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  private static byte[] reply(byte type, int seqid, boolean hasValue) {
    ByteWriter out = new ByteWriter();
    int begin = Framing.begin(out);
    ThriftWriter writer = ThriftProtocol.BINARY.writer(out);
    writer.writeMessageBegin(new ThriftMessage("isFollowing", type, seqid));
    writer.writeStructBegin();
    writer.writeFieldBegin(ThriftType.STRING, 7);
    writer.writeString("what nobody knows");
    if (hasValue) {
      writer.writeFieldBegin(ThriftType.BOOL, 0);
      writer.writeBool(true);
    }
    writer.writeStructEnd();
    Framing.end(begin, out);
    return out.toByteArray();
  }

  @Test
  @DisplayName("a client takes the answer to its own call, and no other")
  void strangeAnswers() {
    byte[] good = reply(ThriftMessage.REPLY, 1, true);
    byte[] long1 = good.clone();
    long1[0] = 'G';
    for (List<Object> each :
        List.<List<Object>>of(
            List.of("the answer", good, "true"),
            List.of(
                "another call's answer",
                reply(ThriftMessage.REPLY, 2, true),
                "application exception 4"),
            List.of(
                "neither a value nor an exception",
                reply(ThriftMessage.REPLY, 1, false),
                "application exception 5"),
            List.of("a call", reply(ThriftMessage.CALL, 1, true), "MalformedException"),
            List.of("a frame beyond all bounds", long1, "MalformedException"),
            List.of("an end", Arrays.copyOf(good, good.length - 1), "EOFException"),
            List.of("an end in the length", Arrays.copyOf(good, 3), "EOFException"))) {
      String heard = heard((byte[]) each.get(1));
      story.then("the server sends %s: %s", each.get(0), Story.hex((byte[]) each.get(1)));
      story.expect(heard.equals(each.get(2)), "" + each.get(2), heard);
    }
  }

  @Test
  @DisplayName("the fields of an EXCEPTION are found by number and type, like all others")
  void exceptionByNumber() {
    ByteWriter out = new ByteWriter();
    int begin = Framing.begin(out);
    ThriftWriter writer = ThriftProtocol.BINARY.writer(out);
    writer.writeMessageBegin(new ThriftMessage("isFollowing", ThriftMessage.EXCEPTION, 1));
    writer.writeStructBegin();
    writer.writeFieldBegin(ThriftType.I32, 2);
    writer.writeI32(ApplicationException.UNKNOWN_METHOD);
    writer.writeFieldBegin(ThriftType.STRING, 9);
    writer.writeString("what nobody knows");
    writer.writeFieldBegin(ThriftType.I64, 1);
    writer.writeI64(7);
    writer.writeFieldBegin(ThriftType.STRING, 1);
    writer.writeString("no such method");
    writer.writeFieldBegin(ThriftType.STRING, 2);
    writer.writeString("no number");
    writer.writeStructEnd();
    Framing.end(begin, out);
    SocialGraphClient client =
        new SocialGraphClient(
            ThriftProtocol.BINARY,
            new ByteArrayInputStream(out.toByteArray()),
            new ByteArrayOutputStream());
    story.then("an EXCEPTION comes: 2: 1, 9: what nobody knows, 1: 7 as i64, 1: no such method");
    try {
      client.isFollowing("ann", "bob");
    } catch (ApplicationException e) {
      story.expect(
          e.type() == ApplicationException.UNKNOWN_METHOD
              && "no such method".equals(e.getMessage()),
          "type 1, \"no such method\"",
          "type %d, \"%s\"".formatted(e.type(), e.getMessage()));
      return;
    } catch (NotYet e) {
      throw e;
    } catch (Exception e) {
      throw story.finding("an ApplicationException", e);
    }
    throw story.finding("an ApplicationException", "a value");
  }

  @Test
  @DisplayName("an answer that ends at any byte, or in a shorter frame, is no answer")
  void everyCut() {
    byte[] whole = reply(ThriftMessage.REPLY, 1, true);
    for (int end = 0; end < whole.length; end++) {
      String heard = heard(Arrays.copyOf(whole, end));
      story.then("the connection ends behind %d of %d bytes: %s", end, whole.length, heard);
      story.expect(heard.equals("EOFException"), "EOFException", heard);
    }
    for (int length = 0; length < whole.length - Framing.HEADER; length++) {
      String heard =
          heard(framed(Arrays.copyOfRange(whole, Framing.HEADER, Framing.HEADER + length)));
      story.then("a whole frame has %d bytes of the answer: %s", length, heard);
      story.expect(heard.equals("MalformedException"), "MalformedException", heard);
    }
  }

  @Test
  @DisplayName("each call has a number of its own, in a frame of its own")
  void numbersOfItsOwn() {
    Seeds.each(
        10,
        seed -> {
          int calls = 1 + new Random(seed).nextInt(5);
          ByteArrayOutputStream answers = new ByteArrayOutputStream();
          for (int i = 1; i <= calls; i++) {
            answers.writeBytes(reply(ThriftMessage.REPLY, i, true));
          }
          ByteArrayOutputStream sent = new ByteArrayOutputStream();
          SocialGraphClient client =
              new SocialGraphClient(
                  ThriftProtocol.BINARY, new ByteArrayInputStream(answers.toByteArray()), sent);
          for (int i = 0; i < calls; i++) {
            client.isFollowing("ann", "bob");
          }
          byte[] bytes = sent.toByteArray();
          MemorySegment memory = MemorySegment.ofArray(bytes);
          int at = 0;
          for (int i = 1; i <= calls; i++) {
            int length = Framing.messageLength(memory, at, bytes.length, MAXIMUM);
            ThriftMessage message =
                ThriftProtocol.BINARY
                    .reader(new ByteReader().open(memory, at + Framing.HEADER, length))
                    .readMessageBegin();
            story.expect(
                message.equals(new ThriftMessage("isFollowing", ThriftMessage.CALL, i)),
                "frame %d holds call %d".formatted(i, i),
                "" + message);
            at += Framing.HEADER + length;
          }
          story.expect(at == bytes.length, "nothing behind it", (bytes.length - at) + " bytes");
        });
  }
}
