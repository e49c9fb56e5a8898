package readiness.serialization;

import static readiness.serialization.Outcome.CUT;
import static readiness.serialization.Outcome.DEFAULT;
import static readiness.serialization.Outcome.LIMITED;
import static readiness.serialization.Outcome.LOST;
import static readiness.serialization.Outcome.MISREAD;
import static readiness.serialization.Outcome.READ;
import static readiness.serialization.Outcome.REFUSED;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a message is written by one version of a program and read by another.
 *
 * <p>Two directions have names. It is <i>backward</i> compatible if the new version reads what the
 * old one wrote: files, rows of a table, clients that were not upgraded. It is <i>forward</i>
 * compatible if the old version reads what the new one writes, as it must while servers are
 * upgraded one after the other, and after an upgrade is taken back.
 */
final class Compatibility {
  private Compatibility() {}

  /**
   * What becomes of one field of a reader, over all messages of a writer: the worst that can happen
   * to it.
   *
   * <p>What is read is right if it is what the writer's field of the same meaning held, and nothing
   * if there is no such field. Where the reader finds a field, by number or by name, that means
   * something else, it is {@link Outcome#MISREAD} as soon as anything of it can be read.
   *
   * <p>Where the reader may find nothing, because nothing can be there, or because the writer need
   * not write it, a field that it requires is {@link Outcome#REFUSED}.
   */
  static Outcome of(Schema writer, Field field, Format format) {
    // tag::evolution[]
    Field written =
        format == Format.JSON ? writer.named(field.name()) : writer.numbered(field.number());
    Outcome outcome = written == null ? LOST : value(written, field, format);
    if (outcome == LOST) {
      return field.required() ? REFUSED : missing(writer.meaning(field.meaning()));
    }
    if (!written.meaning().equals(field.meaning()) && outcome != REFUSED) {
      outcome = MISREAD;
    }
    return field.required() && !written.required() ? outcome.or(REFUSED) : outcome;
    // end::evolution[]
  }

  // tag::evolution[]
  private static Outcome missing(@Nullable Field written) {
    return written == null ? DEFAULT : LOST;
  }

  /** What the reader makes of the values of a field that it finds; LOST if it passes it by. */
  private static Outcome value(Field written, Field read, Format format) {
    return switch (format) {
      case PROTOBUF -> protobuf(written, read);
      case THRIFT -> thrift(written, read);
      case JSON -> json(written, read);
    };
  }

  // end::evolution[]

  /** What Protobuf makes of a field's values, when it is read as another one of the same number. */
  private static Outcome protobuf(Field written, Field read) {
    // tag::evolution[]
    int wire = wire(written);
    // A reader of a repeated field takes its values packed and one by one.
    if (wire != wire(read) && (!read.repeated() || wire != wire(read.type()))) {
      return LOST;
    }
    if (wire != WireType.LEN) {
      return numbers(written.type(), read.type());
    }
    if (written.type() == FieldType.STRING && read.type() == FieldType.STRING) {
      // Of several that come for one, the last counts.
      return written.repeated() && !read.repeated() ? CUT : READ;
    }
    // A text, or numbers of another length, taken for packed numbers, or these for a text.
    return wire(written.type()) == wire(read.type())
        ? numbers(written.type(), read.type())
        : MISREAD;
    // end::evolution[]
  }

  // tag::evolution[]
  /** The wire type of a field as it is written. */
  private static int wire(Field field) {
    return field.repeated() ? WireType.LEN : wire(field.type());
  }

  private static int wire(FieldType type) {
    return switch (type) {
      case BOOL, INT32, INT64, SINT32, SINT64 -> WireType.VARINT;
      case SFIXED64, DOUBLE -> WireType.I64;
      case STRING -> WireType.LEN;
    };
  }

  /** Numbers of one wire type, which therefore nobody can tell apart. */
  private static Outcome numbers(FieldType written, FieldType read) {
    if (written == read) {
      return READ;
    }
    if (wire(read) == WireType.I64) {
      return MISREAD;
    }
    if (read == FieldType.BOOL) {
      // 0 and 1 are themselves in ZigZag numbers too, as far as they are 0 or not.
      return CUT;
    }
    if (zigZag(written) != zigZag(read)) {
      return MISREAD;
    }
    return written.bits() <= read.bits() ? READ : CUT;
  }

  private static boolean zigZag(FieldType type) {
    return type == FieldType.SINT32 || type == FieldType.SINT64;
  }

  // end::evolution[]

  /** What Thrift makes of a field's values, when it is read as another one of the same number. */
  private static Outcome thrift(Field written, Field read) {
    // tag::evolution[]
    if (written.repeated() != read.repeated()) {
      return LOST;
    }
    if (thriftType(written.type()) == thriftType(read.type())) {
      return READ;
    }
    // A list is a list: nobody looks at what it says of its elements.
    return written.repeated() ? MISREAD : LOST;
    // end::evolution[]
  }

  // tag::evolution[]
  private static ThriftType thriftType(FieldType type) {
    return switch (type) {
      case BOOL -> ThriftType.BOOL;
      case INT32, SINT32 -> ThriftType.I32;
      case INT64, SINT64, SFIXED64 -> ThriftType.I64;
      case DOUBLE -> ThriftType.DOUBLE;
      case STRING -> ThriftType.STRING;
    };
  }

  // end::evolution[]

  /** What JSON makes of a field's values, when it is read as another one of the same name. */
  private static Outcome json(Field written, Field read) {
    // tag::evolution[]
    if (written.repeated() != read.repeated()) {
      return REFUSED;
    }
    if (written.type() == read.type()) {
      return READ;
    }
    if (!integer(written.type()) || !integer(read.type()) && read.type() != FieldType.DOUBLE) {
      return REFUSED;
    }
    if (written.type().bits() <= read.type().bits()) {
      return READ;
    }
    return read.type() == FieldType.DOUBLE ? CUT : LIMITED;
    // end::evolution[]
  }

  // tag::evolution[]
  private static boolean integer(FieldType type) {
    return switch (type) {
      case INT32, INT64, SINT32, SINT64, SFIXED64 -> true;
      case BOOL, DOUBLE, STRING -> false;
    };
  }

  // end::evolution[]

  /** Whether a reader loses and mistakes nothing of what a writer writes. */
  static boolean safe(Schema writer, Schema reader, Format format) {
    // tag::evolution[]
    return reader.fields().stream().allMatch(field -> of(writer, field, format).safe());
    // end::evolution[]
  }

  /** Whether the new version reads what the old one wrote. */
  static boolean backward(Schema old, Schema changed, Format format) {
    // tag::evolution[]
    return safe(old, changed, format);
    // end::evolution[]
  }

  /** Whether the old version reads what the new one writes. */
  static boolean forward(Schema old, Schema changed, Format format) {
    // tag::evolution[]
    return safe(changed, old, format);
    // end::evolution[]
  }

  /**
   * Whether each version reads what each other one wrote: all that are still running somewhere, and
   * all whose messages still lie somewhere.
   *
   * @param versions in any order
   */
  static boolean safe(List<Schema> versions, Format format) {
    // tag::evolution[]
    return versions.stream()
        .allMatch(writer -> versions.stream().allMatch(reader -> safe(writer, reader, format)));
    // end::evolution[]
  }
}
