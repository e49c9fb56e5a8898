package readiness.serialization;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import readiness.oracle.Protos;

/**
 * Messages by chance, the same for the same dice: as records of ours, and as what protobuf-java
 * makes of them.
 */
final class Messages {
  private static final String[] PIECES = {
    "a", "Z", "?", " ", "ada", "@example.org", "é", "ß", "€", "漢字", "😀", "\0", "\uFFFD"
  };

  private Messages() {}

  static Person person(Random random) {
    return new Person(text(random), number(random), list(random, Messages::text));
  }

  static Profile profile(Random random) {
    Map<String, Long> counters = new LinkedHashMap<>();
    for (int i = few(random); i > 0; i--) {
      counters.put(text(random), longNumber(random));
    }
    return new Profile(
        random.nextBoolean() ? person(random) : null,
        random.nextBoolean() ? text(random) : null,
        Visibility.of(random.nextBoolean() ? random.nextInt(4) : number(random)),
        list(random, Messages::number),
        counters,
        contact(random),
        UnknownFields.NONE);
  }

  private static Profile.@Nullable Contact contact(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Profile.Phone(text(random));
      case 1 -> new Profile.Station(longNumber(random));
      default -> null;
    };
  }

  /** Of each field a default value now and then, and at most so many messages in one another. */
  static Protos.Scalars scalars(Random random, int depth) {
    Protos.Scalars.Builder value =
        Protos.Scalars.newBuilder()
            .setDoubleValue(real(random))
            .setFloatValue((float) real(random))
            .setInt32Value(number(random))
            .setInt64Value(longNumber(random))
            .setUint32Value(number(random))
            .setUint64Value(longNumber(random))
            .setSint32Value(number(random))
            .setSint64Value(longNumber(random))
            .setFixed32Value(number(random))
            .setFixed64Value(longNumber(random))
            .setSfixed32Value(number(random))
            .setSfixed64Value(longNumber(random))
            .setBoolValue(random.nextBoolean())
            .setStringValue(text(random))
            .setBytesValue(ByteString.copyFromUtf8(text(random)))
            .addAllNumbers(list(random, Messages::longNumber))
            .addAllTexts(list(random, Messages::text));
    if (depth > 0 && random.nextBoolean()) {
      value.setNested(scalars(random, depth - 1));
    }
    return value.build();
  }

  static Protos.Person protobuf(Person person) {
    return Protos.Person.newBuilder()
        .setName(person.name())
        .setId(person.id())
        .addAllEmails(person.emails())
        .build();
  }

  /** All but the unknown fields. */
  static Protos.Profile protobuf(Profile profile) {
    Protos.Profile.Builder built =
        Protos.Profile.newBuilder()
            .setVisibilityValue(profile.visibility().number())
            .addAllScores(profile.scores())
            .putAllCounters(profile.counters());
    if (profile.person() != null) {
      built.setPerson(protobuf(profile.person()));
    }
    if (profile.nickname() != null) {
      built.setNickname(profile.nickname());
    }
    switch (profile.contact()) {
      case Profile.Phone phone -> built.setPhone(phone.number());
      case Profile.Station station -> built.setStation(station.frequency());
      case null -> {}
    }
    return built.build();
  }

  /**
   * A profile as nobody writes it and everybody has to read it: in several pieces that come on top
   * of each other, numbers packed and not, fields of another type than the schema has, fields that
   * it has not, groups.
   */
  static byte[] pieces(Random random) {
    return bytes(out -> {
      for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
        switch (random.nextInt(4)) {
          case 0 -> out.writeRawBytes(protobuf(profile(random)).toByteArray());
          case 1 -> out.writeSInt32(4, number(random));
          default -> any(random, out, 3);
        }
      }
    });
  }

  /** A field of any number and type, a group among them. */
  private static void any(Random random, CodedOutputStream out, int depth) throws IOException {
    int field = 1 + (random.nextBoolean() ? random.nextInt(8) : random.nextInt(100_000));
    switch (random.nextInt(5)) {
      case 0 -> out.writeInt64(field, longNumber(random));
      case 1 -> out.writeFixed32(field, number(random));
      case 2 -> out.writeFixed64(field, longNumber(random));
      case 3 -> {
        byte[] within = bytes(inner -> any(random, inner, 0));
        out.writeByteArray(field, random.nextBoolean() ? within : new byte[random.nextInt(3)]);
      }
      default -> {
        out.writeTag(field, WireType.SGROUP);
        for (int fields = depth == 0 ? 0 : random.nextInt(3); fields > 0; fields--) {
          any(random, out, depth - 1);
        }
        out.writeTag(field, WireType.EGROUP);
      }
    }
  }

  /** What protobuf-java does to write something. */
  interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  /** What protobuf-java writes. */
  static byte[] bytes(Writing writing) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      writing.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty now and then, and longer than 127 bytes now and then. */
  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int pieces = few(random); pieces > 0; pieces--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return random.nextInt(8) == 0 ? text.toString().repeat(40) : text.toString();
  }

  private static int number(Random random) {
    return (int) longNumber(random);
  }

  /** As likely small as large, and of either sign; a quarter of them 0. */
  private static long longNumber(Random random) {
    if (random.nextInt(4) == 0) {
      return 0;
    }
    long value = random.nextLong() >>> random.nextInt(Long.SIZE);
    return random.nextBoolean() ? value : -value;
  }

  private static double real(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.MIN_VALUE;
      case 4 -> random.nextInt();
      default -> random.nextGaussian();
    };
  }

  private static <T> List<T> list(Random random, Function<Random, T> element) {
    List<T> list = new ArrayList<>();
    for (int i = few(random); i > 0; i--) {
      list.add(element.apply(random));
    }
    return list;
  }

  private static int few(Random random) {
    return random.nextInt(8) == 0 ? random.nextInt(100) : random.nextInt(4);
  }
}
