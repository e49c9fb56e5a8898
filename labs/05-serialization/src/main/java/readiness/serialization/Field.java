package readiness.serialization;

/**
 * A field of a {@link Schema}.
 *
 * @param meaning what it stands for. No schema language has this; it is here so that one can ask
 *     whether two fields of two versions are the same, whatever became of their numbers and names
 * @param number by which Protobuf and Thrift find it, from 1
 * @param name by which JSON finds it
 * @param type what it holds
 * @param presence how often
 */
record Field(String meaning, int number, String name, FieldType type, Presence presence) {
  /** Refuses a number that no message can carry. */
  Field {
    if (number < 1 || number > WireType.MAX_FIELD) {
      throw new IllegalArgumentException("%s has the number %d".formatted(name, number));
    }
  }

  boolean required() {
    return presence == Presence.REQUIRED;
  }

  boolean repeated() {
    return presence == Presence.REPEATED;
  }
}
