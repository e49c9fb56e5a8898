package readiness.serialization;

import java.util.List;
import java.util.Map;

/**
 * An implementation of a format that writes and reads messages of any {@link Schema}, as the code
 * would that a compiler generates from it. A message is a list of values for each meaning: none,
 * one or many.
 */
interface Peer {
  /** Its name, for a story. */
  String name();

  /** Writes the fields of a schema. Of what is required there is one value. */
  byte[] write(Schema schema, Map<String, List<Object>> message) throws Exception;

  /**
   * Reads the fields of a schema.
   *
   * @return with an entry for each of them
   * @throws Refused if these bytes are no message of it
   */
  Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Exception;

  /** A reader does not take a message. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(Exception cause) {
      super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
    }

    Refused(String reason) {
      super(reason);
    }

    /** Refuses a message in which something required is not. */
    static void ifMissing(Schema schema, Map<String, List<Object>> message) throws Refused {
      for (Field field : schema.fields()) {
        if (field.required() && message.get(field.meaning()).isEmpty()) {
          throw new Refused("required field '%s' is missing".formatted(field.name()));
        }
      }
    }
  }
}
