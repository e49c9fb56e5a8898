package readiness.serialization;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Messages that are really written by one version and read by another, and what became of a field.
 *
 * @param outcome the worst that was seen over all messages
 * @param worst the message with which it was, in words
 */
record Exchange(Outcome outcome, String worst) {
  /** Enough that each candidate of each field has its turn, beside others of the other fields. */
  private static final int MESSAGES = 64;

  /**
   * Lets every one of the peers write the messages, and every one read them.
   *
   * <p>The reader's schema is cut down to the one field, so that a refusal is for its sake.
   */
  static Exchange of(Schema writer, Field field, List<Peer> writers, List<Peer> readers, long seed)
      throws Exception {
    Schema reader = Schema.of(field);
    Exchange all = new Exchange(Outcome.READ, "nothing happened");
    for (Map<String, List<Object>> message : messages(writer, seed)) {
      for (Peer writing : writers) {
        byte[] bytes = writing.write(writer, message);
        for (Peer reading : readers) {
          if (!together(writing, reading)) {
            continue;
          }
          Exchange one = one(writer, reader, message, bytes, reading);
          if (one.outcome.compareTo(all.outcome) > 0) {
            all = one;
          }
        }
      }
    }
    return all;
  }

  /** Thrift has two protocols, which have nothing to say to each other. */
  private static boolean together(Peer writing, Peer reading) {
    return writing.name().contains("compact") == reading.name().contains("compact");
  }

  private static Exchange one(
      Schema writer, Schema reader, Map<String, List<Object>> message, byte[] bytes, Peer reading)
      throws Exception {
    Field field = reader.fields().getFirst();
    List<Object> right = message.getOrDefault(field.meaning(), List.of());
    boolean fits = fits(right, field);
    Outcome outcome;
    String happened;
    try {
      List<Object> found = reading.read(reader, bytes).get(field.meaning());
      happened = "reads " + found;
      if (canonical(found).equals(canonical(right))) {
        outcome = writer.meaning(field.meaning()) == null ? Outcome.DEFAULT : Outcome.READ;
      } else if (found.isEmpty()) {
        outcome = Outcome.LOST;
      } else {
        outcome = fits ? Outcome.MISREAD : Outcome.CUT;
      }
    } catch (Peer.Refused e) {
      happened = "refuses it: " + e.getMessage();
      outcome = fits ? Outcome.REFUSED : Outcome.LIMITED;
    }
    return new Exchange(
        outcome,
        "of %s, written as %s, %s %s"
            .formatted(message, Story.hex(bytes), reading.name(), happened));
  }

  /** Whether a field can hold these values exactly, as far as they are of its kind at all. */
  private static boolean fits(List<Object> values, Field field) {
    return (field.repeated() || values.size() <= 1)
        && values.stream().allMatch(value -> fits(value, field.type()));
  }

  private static boolean fits(Object value, FieldType type) {
    if (!(canonical(value) instanceof BigDecimal number)) {
      return true;
    }
    return switch (type) {
      case BOOL -> number.equals(BigDecimal.ZERO) || number.equals(BigDecimal.ONE);
      case INT32, SINT32 -> number.compareTo(new BigDecimal((int) number.longValue())) == 0;
      case INT64, SINT64, SFIXED64 -> number.compareTo(new BigDecimal(number.longValue())) == 0;
      case DOUBLE -> number.compareTo(new BigDecimal(number.doubleValue())) == 0;
      case STRING -> true;
    };
  }

  private static List<Object> canonical(List<Object> values) {
    return values.stream().map(Exchange::canonical).toList();
  }

  /** Numbers of all types that are the same number are equal here, and true is 1. */
  private static Object canonical(Object value) {
    return switch (value) {
      case Boolean bool -> bool ? BigDecimal.ONE : BigDecimal.ZERO;
      case Integer number -> plain(new BigDecimal(number));
      case Long number -> plain(new BigDecimal(number));
      case Double number when Double.isFinite(number) -> plain(new BigDecimal(number));
      default -> value;
    };
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  /** Messages of a schema in which every candidate of every field stands at least once. */
  static List<Map<String, List<Object>>> messages(Schema writer, long seed) {
    Random random = new Random(seed);
    List<Map<String, List<Object>>> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(new HashMap<>());
    }
    for (Field field : writer.fields()) {
      List<List<Object>> candidates = candidates(field);
      Collections.shuffle(candidates, random);
      for (int i = 0; i < MESSAGES; i++) {
        // Each time through, another order: two fields with as many candidates meet in all ways.
        if (i % candidates.size() == 0 && i > 0) {
          Collections.shuffle(candidates, random);
        }
        messages.get(i).put(field.meaning(), candidates.get(i % candidates.size()));
      }
    }
    return messages;
  }

  private static List<List<Object>> candidates(Field field) {
    List<List<Object>> candidates = new ArrayList<>();
    if (!field.required()) {
      candidates.add(List.of());
    }
    List<Object> values = values(field.type());
    for (Object value : values) {
      candidates.add(List.of(value));
      if (field.repeated()) {
        // Eight small numbers, packed, are as long as one of eight bytes.
        candidates.add(Collections.nCopies(8, value));
      }
    }
    if (field.repeated()) {
      candidates.add(values);
    }
    return candidates;
  }

  private static List<Object> values(FieldType type) {
    return switch (type) {
      case BOOL -> List.of(false, true);
      case INT32, SINT32 ->
          List.of(0, 1, -1, 2, 65, 127, 128, -300, Integer.MAX_VALUE, Integer.MIN_VALUE);
      case INT64, SINT64, SFIXED64 ->
          Arrays.asList(
              0L,
              1L,
              -1L,
              2L,
              65L,
              -300L,
              1L << 31,
              -1L - (1L << 31),
              (1L << 53) + 1,
              5_000_000_000L,
              Long.MAX_VALUE,
              Long.MIN_VALUE);
      case DOUBLE -> List.of(0.0, 1.0, -1.0, 1.5, 0.1, 1e300, 9007199254740992.0);
      case STRING -> List.of("", "A", "Ada", "Grüße", "abcdefgh", "7", "true");
    };
  }
}
