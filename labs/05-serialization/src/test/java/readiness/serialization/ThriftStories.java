package readiness.serialization;

import static readiness.serialization.ThriftType.STRUCT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;
import readiness.kernel.NotYet;

/** What both of Thrift's protocols are held to, beside libthrift. */
final class ThriftStories {
  private static final String[] TEXTS = {"", "Ada", "Zoë", "名前", "a@example.org", "🦉", "?"};

  private final ThriftProtocol protocol;
  private final ThriftLibrary library;

  ThriftStories(ThriftProtocol protocol) {
    this.protocol = protocol;
    this.library = new ThriftLibrary(protocol);
  }

  /** What a reader's writer makes of it. */
  byte[] written(Consumer<ThriftWriter> writing) {
    ByteWriter out = new ByteWriter();
    writing.accept(protocol.writer(out));
    return out.toByteArray();
  }

  /** A reader's reader of these bytes. */
  ThriftReader reader(byte[] bytes) {
    return protocol.reader(opened(bytes));
  }

  static ByteReader opened(byte[] bytes) {
    return new ByteReader().open(MemorySegment.ofArray(bytes));
  }

  /** libthrift's bytes for a value. */
  byte[] libthrifts(ThriftValue value) {
    return library.write(value::write);
  }

  /** Both write it alike, and each reads it from the other. */
  void agrees(ThriftValue value) {
    Story story = new Story();
    byte[] right = libthrifts(value);
    byte[] bytes = written(value::write);
    story.then("%s is written → %s", value, Story.hex(bytes));
    story.expectBytes(right, bytes, "what libthrift writes");
    ByteReader in = opened(right);
    ThriftReader reader = protocol.reader(in);
    ThriftValue back =
        read(story, "%s again".formatted(value), () -> ThriftValue.read(reader, value.type()));
    story.then("it is read → %s", back);
    story.expect(
        back.toString().equals(value.toString()), "%s again".formatted(value), back.toString());
    story.expect(in.remaining() == 0, "all %d bytes are read".formatted(right.length), left(in));
    leftAll(story, reader);
    skips(value, right);
  }

  private static void leftAll(Story story, ThriftReader reader) {
    story.expect(
        reader.depth() == 0,
        "the reader is in no struct, after the last has ended",
        "it is in %d".formatted(reader.depth()));
  }

  /** What is passed by leaves the reader where reading does. */
  private void skips(ThriftValue value, byte[] bytes) {
    Story story = new Story().then("%s is to be passed by: %s", value, Story.hex(bytes));
    ByteReader in = opened(bytes);
    ThriftReader reader = protocol.reader(in);
    read(
        story,
        "skip passes it by",
        () -> {
          reader.skip(value.type());
          return value;
        });
    story.expect(
        in.remaining() == 0, "skip stands behind its %d bytes".formatted(bytes.length), left(in));
    leftAll(story, reader);
  }

  /** Both write this person alike, and each reads it from the other. */
  void agrees(Person person) {
    Story story = new Story();
    readiness.oracle.thrift.Person libthrifts = libthrifts(person);
    byte[] right = library.write(libthrifts::write);
    PersonThrift codec = new PersonThrift(protocol);
    ByteWriter out = new ByteWriter();
    codec.write(person, out);
    byte[] bytes = out.toByteArray();
    story.then("%s is written → %s", person, Story.hex(bytes));
    story.expectBytes(right, bytes, "what libthrift's Person writes");
    Person back = read(story, "the same person", () -> codec.read(opened(right)));
    story.then("it is read → %s", back);
    story.expect(back.equals(person), "the same person", back.toString());
  }

  /** A person by chance. */
  static Person person(Random random) {
    List<String> emails = new ArrayList<>();
    for (int i = random.nextInt(8) == 0 ? 20 : random.nextInt(4); i > 0; i--) {
      emails.add(TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(3)));
    }
    return new Person(
        TEXTS[random.nextInt(TEXTS.length)], random.nextInt() >> random.nextInt(32), emails);
  }

  static readiness.oracle.thrift.Person libthrifts(Person person) {
    return new readiness.oracle.thrift.Person(person.name(), person.id(), person.emails());
  }

  /** Both write this header alike, and a reader's reader reads it. */
  void agrees(ThriftMessage message) {
    Story story = new Story();
    TMessage libthrifts = new TMessage(message.name(), message.type(), message.seqid());
    byte[] right = library.write(out -> out.writeMessageBegin(libthrifts));
    byte[] bytes = written(out -> out.writeMessageBegin(message));
    story.then("%s is written → %s", message, Story.hex(bytes));
    story.expectBytes(right, bytes, "what libthrift writes");
    ByteReader in = opened(right);
    ThriftMessage back =
        read(story, "the same header", () -> protocol.reader(in).readMessageBegin());
    story.then("it is read → %s", back);
    story.expect(back.equals(message), "the same header", back.toString());
    story.expect(in.remaining() == 0, "all %d bytes are read".formatted(right.length), left(in));
  }

  /**
   * A person's struct with fields in it that this version does not know: of any type, anywhere, and
   * some that have the number of a known one and another type.
   */
  static ThriftValue withUnknownFields(Person person, Random random) {
    List<ThriftValue.Field> fields = new ArrayList<>();
    ThriftValue[] emails =
        person.emails().stream().map(ThriftValue::of).toArray(ThriftValue[]::new);
    List<ThriftValue.Field> known =
        List.of(
            new ThriftValue.Field(1, ThriftValue.of(person.name())),
            new ThriftValue.Field(2, ThriftValue.of(person.id())),
            new ThriftValue.Field(3, ThriftValue.list(ThriftType.STRING, emails)));
    for (ThriftValue.Field each : known) {
      unknown(fields, random, each);
      fields.add(each);
    }
    unknown(fields, random, known.getLast());
    return ThriftValue.struct(fields.toArray(ThriftValue.Field[]::new));
  }

  private static void unknown(
      List<ThriftValue.Field> fields, Random random, ThriftValue.Field known) {
    for (int i = random.nextInt(3); i > 0; i--) {
      ThriftValue value = ThriftValue.random(random, 3);
      boolean sameId = random.nextInt(3) == 0 && value.type() != known.value().type();
      fields.add(new ThriftValue.Field(sameId ? known.id() : 4 + random.nextInt(100), value));
    }
  }

  /** A person is read, and what else is in the struct passed by. */
  void passesBy(Person person, Random random) {
    ThriftValue struct = withUnknownFields(person, random);
    byte[] bytes = libthrifts(struct);
    Story story = new Story().then("a person comes with more fields: %s", struct);
    ByteReader in = opened(bytes);
    String expected =
        "%s: a field of another number, or of another type, is passed by".formatted(person);
    ThriftReader reader = protocol.reader(in);
    Person read = read(story, expected, () -> PersonThrift.read(reader));
    story.then("it is read → %s", read);
    story.expect(read.equals(person), expected, read.toString());
    story.expect(in.remaining() == 0, "the whole struct is read", left(in));
    leftAll(story, reader);
  }

  /**
   * A reader's code and libthrift's say the same to these bytes, but for what is named here:
   *
   * <ul>
   *   <li>libthrift replaces bytes that are not UTF-8, and we refuse them.
   *   <li>libthrift reads a list's elements as the type that it expects, and we look at the one
   *       that the list says.
   *   <li>libthrift takes an empty list of {@code void}, and for us there is no such type.
   *   <li>libthrift refuses each list of UUIDs, and map with them, since it does not know how long
   *       one is.
   * </ul>
   */
  void saysAsLibthrift(byte[] bytes) {
    compare(
        bytes,
        "a person",
        in -> PersonThrift.read(in).toString(),
        ThriftStories::believingElements,
        in -> {
          readiness.oracle.thrift.Person person = new readiness.oracle.thrift.Person();
          person.read(in);
          return new Person(
                  person.name == null ? "" : person.name,
                  person.id,
                  person.emails == null ? List.of() : person.emails)
              .toString();
        });
    Function<ThriftReader, String> passedBy =
        in -> {
          String header = in.readMessageBegin().toString();
          in.skip(STRUCT);
          return header;
        };
    compare(
        bytes,
        "a message with a struct that nobody knows",
        passedBy,
        passedBy,
        in -> {
          TMessage message = in.readMessageBegin();
          TProtocolUtil.skip(in, TType.STRUCT);
          return new ThriftMessage(message.name, message.type, message.seqid).toString();
        });
  }

  /** Reads a person as libthrift does: whatever a list says that its elements are, it has texts. */
  private static String believingElements(ThriftReader in) {
    String name = "";
    int id = 0;
    List<String> emails = List.of();
    in.readStructBegin();
    for (ThriftType type = in.readFieldBegin();
        type != ThriftType.STOP;
        type = in.readFieldBegin()) {
      if (in.fieldId() == 1 && type == ThriftType.STRING) {
        name = in.readString();
      } else if (in.fieldId() == 2 && type == ThriftType.I32) {
        id = in.readI32();
      } else if (in.fieldId() == 3 && type == ThriftType.LIST) {
        emails = new ArrayList<>();
        for (int left = in.readListBegin(); left > 0; left--) {
          emails.add(in.readString());
        }
      } else {
        in.skip(type);
      }
    }
    in.readStructEnd();
    return new Person(name, id, emails).toString();
  }

  /**
   * @param lenient reads as {@code ours} does, but that it does not look at the type of elements
   */
  private void compare(
      byte[] bytes,
      String what,
      Function<ThriftReader, String> ours,
      Function<ThriftReader, String> lenient,
      ThriftLibrary.Reading<String> libthrifts) {
    Story story = new Story().then("%s is read from %s", what, Story.hex(bytes));
    ThriftLibrary.Result<String> right = null;
    String refusal = "";
    try {
      right = library.read(bytes, libthrifts);
    } catch (TException | RuntimeException e) {
      refusal = e.toString();
    }
    ByteReader in = opened(bytes);
    String value;
    try {
      value = ours.apply(protocol.reader(in));
    } catch (MalformedException e) {
      boolean mayBe =
          right == null
              || right.replaced()
              || isVoid(bytes, e.position())
              || isRead(bytes, lenient, right.value());
      story.expect(
          mayBe,
          "a value, as libthrift has: %s".formatted(right == null ? "" : right.value()),
          "%s; there stands %s".formatted(e, Story.around(bytes, e.position())));
      return;
    } catch (IndexOutOfBoundsException | StackOverflowError | OutOfMemoryError e) {
      throw story.finding("a value or a MalformedException", e);
    }
    if (right == null) {
      story.expect(
          refusal.contains("unrecognized type code"),
          "a MalformedException, since libthrift refuses it too: %s".formatted(refusal),
          value);
      return;
    }
    story.expect(value.equals(right.value()), "what libthrift reads: " + right.value(), value);
    story.expect(
        in.position() == right.length(),
        "%d bytes are read, as libthrift does".formatted(right.length()),
        "%d".formatted(in.position()));
  }

  /** The reader of a person, to be held to what it owes to hostile bytes. */
  Hostile hostilePersons() {
    return new Hostile("PersonThrift.read", new PersonThrift(protocol)::read);
  }

  /** A person's bytes as libthrift writes them, with fields that nobody knows. */
  byte[] validPerson(Random random) {
    return libthrifts(withUnknownFields(person(random), random));
  }

  /** The reader of a message whose struct nobody knows, to be held to the same. */
  Hostile hostileMessages() {
    return new Hostile(
        "a reader that passes by",
        in -> {
          ThriftReader reader = protocol.reader(in);
          reader.readMessageBegin();
          reader.skip(STRUCT);
        });
  }

  /** A message with any struct, as libthrift writes it. */
  byte[] validMessage(Random random) {
    ThriftValue struct = ThriftValue.struct(random, 4);
    return library.write(out -> {
      out.writeMessageBegin(new TMessage("follow", ThriftMessage.CALL, random.nextInt()));
      struct.write(out);
    });
  }

  /** Hostile bytes have ended in values, and in at least so many different errors. */
  static void expectReached(Hostile hostile, int errors) {
    new Story()
        .then("hostile bytes have ended so: %s", hostile.outcomes())
        .expect(
            hostile.outcomes().containsKey("a value") && hostile.outcomes().size() > errors,
            "values, and %d different errors or more".formatted(errors),
            "%d different ends".formatted(hostile.outcomes().size()));
  }

  /** Whether the type that stands there is {@code void}, which for us is none. */
  private static boolean isVoid(byte[] bytes, int position) {
    return position < bytes.length && bytes[position] == TType.VOID;
  }

  /** Whether these bytes are read as {@code value}. */
  private boolean isRead(byte[] bytes, Function<ThriftReader, String> reading, String value) {
    try {
      return reading.apply(protocol.reader(opened(bytes))).equals(value);
    } catch (MalformedException e) {
      return false;
    }
  }

  /** What is wrong with reading ends as a failure that tells the story. */
  static <T> T read(Story story, String expected, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (NotYet e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw story.finding(expected, e);
    }
  }

  private static String left(ByteReader in) {
    return "%d are left".formatted(in.remaining());
  }
}
