package readiness.serialization;

import static readiness.serialization.ThriftType.BOOL;
import static readiness.serialization.ThriftType.I32;
import static readiness.serialization.ThriftType.LIST;
import static readiness.serialization.ThriftType.STOP;
import static readiness.serialization.ThriftType.STRING;
import static readiness.serialization.ThriftType.STRUCT;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls the service at the other end of a connection, one call after the other, and waits for each
 * answer. Framed. For one thread.
 *
 * <p>After an {@link IOException}, a {@link MalformedException} or an answer to another call nobody
 * knows what comes next on the connection: close it.
 */
public final class SocialGraphClient implements SocialGraph {
  private final ThriftProtocol protocol;
  private final DataInputStream in;
  private final OutputStream out;
  private final ByteWriter request = new ByteWriter();
  private final ByteReader answer = new ByteReader(Framing.MAX_LENGTH);

  /** The number of the last call. */
  private int seqid;

  /** Calls by these streams, which are the caller's to close. */
  public SocialGraphClient(ThriftProtocol protocol, InputStream in, OutputStream out) {
    this.protocol = protocol;
    this.in = new DataInputStream(in);
    this.out = out;
  }

  @Override
  public boolean follow(String follower, String followee) throws Exception {
    return edge("follow", follower, followee);
  }

  @Override
  public boolean unfollow(String follower, String followee) throws Exception {
    return edge("unfollow", follower, followee);
  }

  @Override
  public boolean isFollowing(String follower, String followee) throws Exception {
    return edge("isFollowing", follower, followee);
  }

  private boolean edge(String method, String follower, String followee) throws Exception {
    ThriftReader result =
        call(
            method,
            arguments -> {
              argument(1, follower, arguments);
              argument(2, followee, arguments);
            });
    Object value = value(method, BOOL, result);
    return (Boolean) value;
  }

  @Override
  @SuppressWarnings("unchecked") // value has read a list of strings
  public List<String> getFollowers(String followee, String after, int limit) throws Exception {
    ThriftReader result =
        call(
            "getFollowers",
            arguments -> {
              argument(1, followee, arguments);
              argument(2, after, arguments);
              arguments.writeFieldBegin(I32, 3);
              arguments.writeI32(limit);
            });
    return (List<String>) value("getFollowers", LIST, result);
  }

  private static void argument(int id, String value, ThriftWriter out) {
    out.writeFieldBegin(STRING, id);
    out.writeString(value);
  }

  /**
   * Sends a call in a frame of its own, with a sequence id that the last call had not, and waits
   * for the answer.
   *
   * @param arguments appends the fields of the arguments' struct
   * @return what stands behind the header of a REPLY
   * @throws ApplicationException what an EXCEPTION says; BAD_SEQUENCE_ID if it answers another call
   * @throws MalformedException if it is no answer at all
   */
  private ThriftReader call(String method, Consumer<ThriftWriter> arguments)
      throws IOException, ApplicationException {
    // tag::frames[]
    seqid++;
    int begin = Framing.begin(request.clear());
    ThriftWriter writer = protocol.writer(request);
    writer.writeMessageBegin(new ThriftMessage(method, ThriftMessage.CALL, seqid));
    writer.writeStructBegin();
    arguments.accept(writer);
    writer.writeStructEnd();
    Framing.end(begin, request);
    out.write(request.bytes, 0, request.length());
    out.flush();
    receive();
    ThriftReader reader = protocol.reader(answer);
    ThriftMessage message = reader.readMessageBegin();
    if (message.seqid() != seqid) {
      throw new ApplicationException(
          "call %d was answered by %d".formatted(seqid, message.seqid()),
          ApplicationException.BAD_SEQUENCE_ID);
    }
    return switch (message.type()) {
      case ThriftMessage.REPLY -> reader;
      case ThriftMessage.EXCEPTION -> throw ApplicationException.read(reader);
      default ->
          throw new MalformedException(
              "a message of type %d is no answer".formatted(message.type()), 0);
    };
    // end::frames[]
  }

  /**
   * Waits for a frame and opens its message in {@link #answer}.
   *
   * @throws EOFException if the connection ends before it is whole
   */
  private void receive() throws IOException {
    byte[] header = new byte[Framing.HEADER];
    in.readFully(header);
    int size = Framing.announced(MemorySegment.ofArray(header), 0, Framing.MAX_LENGTH);
    // Grows with what comes, and not with what was announced.
    byte[] message = in.readNBytes(size);
    if (message.length < size) {
      throw new EOFException(
          "the connection ends %,d bytes before the answer does".formatted(size - message.length));
    }
    answer.open(MemorySegment.ofArray(message));
  }

  /**
   * Reads the struct of a call's result.
   *
   * @param type of field 0, which is the value
   * @throws Refused if field 1 is there
   * @throws ApplicationException MISSING_RESULT if neither is
   */
  private static Object value(String method, ThriftType type, ThriftReader in)
      throws Refused, ApplicationException {
    // tag::frames[]
    Object value = null;
    in.readStructBegin();
    for (ThriftType field = in.readFieldBegin(); field != STOP; field = in.readFieldBegin()) {
      if (in.fieldId() == 0 && field == type) {
        value = type == BOOL ? (Object) in.readBool() : strings(in);
      } else if (in.fieldId() == 1 && field == STRUCT) {
        throw new Refused(reason(in));
      } else {
        in.skip(field);
      }
    }
    in.readStructEnd();
    if (value == null) {
      throw new ApplicationException(
          method + " has neither a value nor an exception", ApplicationException.MISSING_RESULT);
    }
    return value;
    // end::frames[]
  }

  private static List<String> strings(ThriftReader in) {
    int size = in.readListBegin(STRING);
    List<String> strings = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      strings.add(in.readString());
    }
    return strings;
  }

  private static String reason(ThriftReader in) {
    String reason = "";
    in.readStructBegin();
    for (ThriftType field = in.readFieldBegin(); field != STOP; field = in.readFieldBegin()) {
      if (in.fieldId() == 1 && field == STRING) {
        reason = in.readString();
      } else {
        in.skip(field);
      }
    }
    in.readStructEnd();
    return reason;
  }
}
