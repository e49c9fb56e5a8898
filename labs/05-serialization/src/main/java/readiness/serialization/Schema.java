package readiness.serialization;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One version of a message: the fields that a program knows, whether it writes or reads.
 *
 * @param fields of different meanings, numbers and names
 */
record Schema(List<Field> fields) {
  /** Refuses two fields that a message could not tell apart. */
  Schema {
    fields = List.copyOf(fields);
    Set<Object> seen = new HashSet<>();
    for (Field field : fields) {
      for (Object part : List.of("meaning " + field.meaning(), field.number(), field.name())) {
        if (!seen.add(part)) {
          throw new IllegalArgumentException(field + " shares its " + part + " with another field");
        }
      }
    }
  }

  static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /** The field with this number, or null. */
  @Nullable Field numbered(int number) {
    return find(field -> field.number() == number);
  }

  /** The field of this name, or null. */
  @Nullable Field named(String name) {
    return find(field -> field.name().equals(name));
  }

  /** The field of this meaning, or null. */
  @Nullable Field meaning(String meaning) {
    return find(field -> field.meaning().equals(meaning));
  }

  private @Nullable Field find(Predicate<Field> wanted) {
    return fields.stream().filter(wanted).findFirst().orElse(null);
  }
}
