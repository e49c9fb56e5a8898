package readiness.serialization;

import java.util.List;
import readiness.kernel.NotYet;

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
    throw new NotYet("evolution");
  }

  /** What Protobuf makes of a field's values, when it is read as another one of the same number. */
  private static Outcome protobuf(Field written, Field read) {
    throw new NotYet("evolution");
  }

  /** What Thrift makes of a field's values, when it is read as another one of the same number. */
  private static Outcome thrift(Field written, Field read) {
    throw new NotYet("evolution");
  }

  /** What JSON makes of a field's values, when it is read as another one of the same name. */
  private static Outcome json(Field written, Field read) {
    throw new NotYet("evolution");
  }

  /** Whether a reader loses and mistakes nothing of what a writer writes. */
  static boolean safe(Schema writer, Schema reader, Format format) {
    throw new NotYet("evolution");
  }

  /** Whether the new version reads what the old one wrote. */
  static boolean backward(Schema old, Schema changed, Format format) {
    throw new NotYet("evolution");
  }

  /** Whether the old version reads what the new one writes. */
  static boolean forward(Schema old, Schema changed, Format format) {
    throw new NotYet("evolution");
  }

  /**
   * Whether each version reads what each other one wrote: all that are still running somewhere, and
   * all whose messages still lie somewhere.
   *
   * @param versions in any order
   */
  static boolean safe(List<Schema> versions, Format format) {
    throw new NotYet("evolution");
  }
}
