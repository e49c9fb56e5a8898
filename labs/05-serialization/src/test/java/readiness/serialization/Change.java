package readiness.serialization;

import static readiness.serialization.FieldType.BOOL;
import static readiness.serialization.FieldType.DOUBLE;
import static readiness.serialization.FieldType.INT32;
import static readiness.serialization.FieldType.INT64;
import static readiness.serialization.FieldType.SFIXED64;
import static readiness.serialization.FieldType.SINT32;
import static readiness.serialization.FieldType.STRING;
import static readiness.serialization.Presence.OPTIONAL;
import static readiness.serialization.Presence.REPEATED;
import static readiness.serialization.Presence.REQUIRED;

import java.util.List;

/**
 * Something that people do to a schema.
 *
 * @param what in words
 * @param old the version before
 * @param changed the version after
 */
record Change(String what, Schema old, Schema changed) {
  private static final Field NAME = new Field("name", 1, "name", STRING, OPTIONAL);
  private static final Field PHONE = new Field("phone", 2, "phone", STRING, OPTIONAL);

  /** What is tried, in the order in which the text tells of it. */
  static final List<Change> ALL =
      List.of(
          new Change("an optional field is added", Schema.of(NAME), Schema.of(NAME, PHONE)),
          new Change("an optional field is removed", Schema.of(NAME, PHONE), Schema.of(NAME)),
          new Change(
              "a required field is added", Schema.of(NAME), Schema.of(NAME, age(INT32, REQUIRED))),
          new Change(
              "a required field is removed",
              Schema.of(NAME, age(INT32, REQUIRED)),
              Schema.of(NAME)),
          retyped("optional becomes required", age(INT32, OPTIONAL), age(INT32, REQUIRED)),
          retyped(
              "a field gets another name",
              PHONE,
              new Field("phone", 2, "telephone", STRING, OPTIONAL)),
          retyped(
              "a field gets another number",
              PHONE,
              new Field("phone", 3, "phone", STRING, OPTIONAL)),
          new Change(
              "two fields swap their numbers",
              Schema.of(NAME, PHONE),
              Schema.of(
                  new Field("name", 2, "name", STRING, OPTIONAL),
                  new Field("phone", 1, "phone", STRING, OPTIONAL))),
          retyped(
              "a removed field's number is used again, same type",
              PHONE,
              new Field("city", 2, "city", STRING, OPTIONAL)),
          retyped(
              "a removed field's number is used again, other wire type",
              PHONE,
              age(INT32, OPTIONAL)),
          retyped(
              "a removed field's name is used again",
              new Field("id of a person", 2, "id", INT64, OPTIONAL),
              new Field("id of an account", 3, "id", INT64, OPTIONAL)),
          retyped("int32 becomes int64", age(INT32, OPTIONAL), age(INT64, OPTIONAL)),
          retyped("int32 becomes sint32", age(INT32, OPTIONAL), age(SINT32, OPTIONAL)),
          retyped("int32 becomes bool", age(INT32, OPTIONAL), age(BOOL, OPTIONAL)),
          retyped("int64 becomes string", age(INT64, OPTIONAL), age(STRING, OPTIONAL)),
          retyped("int64 becomes double", age(INT64, OPTIONAL), age(DOUBLE, OPTIONAL)),
          retyped("int64 becomes sfixed64", age(INT64, OPTIONAL), age(SFIXED64, OPTIONAL)),
          retyped("sfixed64 becomes double", age(SFIXED64, OPTIONAL), age(DOUBLE, OPTIONAL)),
          retyped("one number becomes several", age(INT32, OPTIONAL), age(INT32, REPEATED)),
          retyped("one text becomes several", age(STRING, OPTIONAL), age(STRING, REPEATED)),
          new Change(
              "several int32 become several int64, with a text behind them",
              Schema.of(new Field("ages", 1, "ages", INT32, REPEATED), PHONE),
              Schema.of(new Field("ages", 1, "ages", INT64, REPEATED), PHONE)));

  private static Field age(FieldType type, Presence presence) {
    return new Field("age", 2, "age", type, presence);
  }

  private static Change retyped(String what, Field old, Field changed) {
    return new Change(what, Schema.of(NAME, old), Schema.of(NAME, changed));
  }
}
