package readiness.serialization;

import static readiness.serialization.ThriftType.BOOL;
import static readiness.serialization.ThriftType.I32;
import static readiness.serialization.ThriftType.LIST;
import static readiness.serialization.ThriftType.STOP;
import static readiness.serialization.ThriftType.STRING;
import static readiness.serialization.ThriftType.STRUCT;

import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Has calls done: a message in, a message out. It knows of no connection, so a loop may use it as
 * well as a thread that waits.
 *
 * <pre>
 *   CALL getFollowers, seqid 7            REPLY getFollowers, seqid 7
 *     1: "bob"                              0: ["ann", "cleo"]        the value, or
 *     2: ""                                 1: Refused "…"            an exception of the IDL
 *     3: 10
 *                                         EXCEPTION getFollowers, seqid 7
 *                                           1: "…"  2: type           the call itself went wrong
 * </pre>
 *
 * <p>Holds no state besides the service, so it is for any thread that the service is for.
 */
public final class SocialGraphProcessor {
  private static final System.Logger LOG = System.getLogger("readiness.serialization");

  /** The arguments of any method; what a call leaves out stays as it is here. */
  private static final class Arguments {
    /** Argument 1 and argument 2, whatever they are called. */
    String first = "";

    String second = "";
    int limit;
  }

  /** What a method does with its arguments: writes its value as field 0 of the result. */
  @FunctionalInterface
  private interface Method {
    void call(Arguments arguments, ThriftWriter out) throws Exception;
  }

  private final SocialGraph graph;

  /** Has calls done by {@code graph}. */
  public SocialGraphProcessor(SocialGraph graph) {
    this.graph = graph;
  }

  /**
   * Does what a message asks for, and appends the answer: a REPLY with the value or with what the
   * service refused, an EXCEPTION for a method that there is not, for arguments that cannot be
   * read, and for whatever else the service throws or says that cannot be written, without a word
   * of that. The answer has the call's name and its sequence id.
   *
   * @param in one whole message, to its end
   * @param protocol that it is in; the answer is in the same
   * @param out nothing is appended if nobody waits for an answer: to ONEWAY
   * @return whether there is an answer
   * @throws MalformedException if not even the message's header can be read, or it is an answer
   *     itself: then the connection is of no more use
   */
  public boolean process(ByteReader in, ThriftProtocol protocol, ByteWriter out) {
    // tag::frames[]
    ThriftReader reader = protocol.reader(in);
    ThriftMessage call = reader.readMessageBegin();
    if (call.type() != ThriftMessage.CALL && call.type() != ThriftMessage.ONEWAY) {
      throw new MalformedException("a message of type %d is no call".formatted(call.type()), 0);
    }
    int begin = out.length();
    ThriftWriter writer = protocol.writer(out);
    try {
      writer.writeMessageBegin(answer(call, ThriftMessage.REPLY));
      reply(call, reader, writer);
    } catch (ApplicationException e) {
      out.length = begin;
      exception(call, e, protocol.writer(out));
    }
    if (call.type() == ThriftMessage.ONEWAY) {
      out.length = begin;
      return false;
    }
    return true;
    // end::frames[]
  }

  // tag::frames[]
  private static ThriftMessage answer(ThriftMessage call, byte type) {
    return new ThriftMessage(call.name(), type, call.seqid());
  }

  private static void exception(ThriftMessage call, ApplicationException e, ThriftWriter out) {
    out.writeMessageBegin(answer(call, ThriftMessage.EXCEPTION));
    e.write(out);
  }

  // end::frames[]

  /**
   * Appends the result of a call: a struct with the value, or with what was refused.
   *
   * @throws ApplicationException if there is neither
   */
  private void reply(ThriftMessage call, ThriftReader in, ThriftWriter out)
      throws ApplicationException {
    // tag::frames[]
    Method method = method(call.name());
    Arguments arguments = arguments(in);
    out.writeStructBegin();
    try {
      valueOrRefusal(method, arguments, out);
    } catch (Exception e) {
      LOG.log(Level.WARNING, call.name() + " has failed", e);
      throw new ApplicationException(
          "Internal error processing " + call.name(), ApplicationException.INTERNAL_ERROR);
    }
    out.writeStructEnd();
    // end::frames[]
  }

  /** Calls the service and appends the one field of the result. */
  private static void valueOrRefusal(Method method, Arguments arguments, ThriftWriter out)
      throws Exception {
    // tag::frames[]
    try {
      method.call(arguments, out);
    } catch (SocialGraph.Refused e) {
      out.writeFieldBegin(STRUCT, 1);
      out.writeStructBegin();
      out.writeFieldBegin(STRING, 1);
      out.writeString(e.reason());
      out.writeStructEnd();
    }
    // end::frames[]
  }

  /**
   * The method of that name.
   *
   * @throws ApplicationException UNKNOWN_METHOD if there is none
   */
  private Method method(String name) throws ApplicationException {
    return switch (name) {
      case "follow" -> (args, out) -> value(graph.follow(args.first, args.second), out);
      case "unfollow" -> (args, out) -> value(graph.unfollow(args.first, args.second), out);
      case "isFollowing" -> (args, out) -> value(graph.isFollowing(args.first, args.second), out);
      case "getFollowers" ->
          (args, out) -> value(graph.getFollowers(args.first, args.second, args.limit), out);
      default ->
          throw new ApplicationException(
              "Invalid method name: '" + name + "'", ApplicationException.UNKNOWN_METHOD);
    };
  }

  private static void value(boolean value, ThriftWriter out) {
    out.writeFieldBegin(BOOL, 0);
    out.writeBool(value);
  }

  private static void value(List<String> names, ThriftWriter out) {
    out.writeFieldBegin(LIST, 0);
    out.writeListBegin(STRING, names.size());
    names.forEach(out::writeString);
  }

  /**
   * Reads the struct of a call's arguments, by their numbers.
   *
   * @throws ApplicationException PROTOCOL_ERROR if it is malformed: the frame is whole all the
   *     same, and the next one is not harmed
   */
  private static Arguments arguments(ThriftReader in) throws ApplicationException {
    // tag::frames[]
    Arguments arguments = new Arguments();
    try {
      in.readStructBegin();
      for (ThriftType type = in.readFieldBegin(); type != STOP; type = in.readFieldBegin()) {
        if (in.fieldId() == 1 && type == STRING) {
          arguments.first = in.readString();
        } else if (in.fieldId() == 2 && type == STRING) {
          arguments.second = in.readString();
        } else if (in.fieldId() == 3 && type == I32) {
          arguments.limit = in.readI32();
        } else {
          in.skip(type);
        }
      }
      in.readStructEnd();
    } catch (MalformedException e) {
      throw new ApplicationException(
          String.valueOf(e.getMessage()), ApplicationException.PROTOCOL_ERROR);
    }
    return arguments;
    // end::frames[]
  }
}
