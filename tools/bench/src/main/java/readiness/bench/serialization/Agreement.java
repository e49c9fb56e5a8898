package readiness.bench.serialization;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import readiness.bench.Stopped;
import readiness.measure.Jvm;
import readiness.measure.Respondent;
import readiness.serialization.Person;

/**
 * Whether all sides do the same work: every one writes the same bytes, and makes the same record of
 * them. Nothing is measured before. It has a JVM of its own, so that none that measures has seen
 * the others' code.
 */
final class Agreement {
  private Agreement() {}

  /**
   * Has them compared.
   *
   * @return how many bytes each message has
   * @throws Stopped if two do not agree, with what they disagree about
   */
  static int[] lengths(String classPath, Format format) {
    try (Respondent jvm =
        Jvm.on(classPath)
            .with(Fork.flags().toArray(String[]::new))
            .start(format.label() + ", compared", Agreement.class, format.name())) {
      String line = jvm.line();
      if (line.startsWith(Respondent.ERROR)) {
        throw new Stopped(Stopped.FAILS, line.substring(Respondent.ERROR.length()));
      }
      return Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
  }

  /**
   * Compares, and prints the lengths in a line, or what is wrong.
   *
   * @param args the format
   */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Format format = Format.valueOf(args[0]);
    StringBuilder lengths = new StringBuilder();
    for (Message message : Message.values()) {
      Person person = message.person();
      Side ours = Library.OURS.side(format, person);
      Map<String, Side> peers = new LinkedHashMap<>();
      format.peers().forEach(peer -> peers.put(peer.label(), peer.side(format, person)));
      Optional<String> wrong = disagreement(person, ours, peers);
      if (wrong.isPresent()) {
        System.out.printf(
            "%s%s, %s: %s%n", Respondent.ERROR, format.label(), message.label(), wrong.get());
        return;
      }
      lengths.append(ours.written().length).append(' ');
    }
    System.out.println(lengths);
  }

  /** In what the sides disagree; nothing if they do not. */
  static Optional<String> disagreement(Person person, Side ours, Map<String, Side> peers)
      throws Exception {
    ours.write();
    byte[] written = ours.written();
    if (!person.equals(ours.read())) {
      return Optional.of("what is written is read as another person");
    }
    for (Map.Entry<String, Side> peer : peers.entrySet()) {
      Side side = peer.getValue();
      side.write();
      int differ = Arrays.mismatch(written, side.written());
      if (differ >= 0) {
        return Optional.of("byte %,d is another than in %s".formatted(differ, peer.getKey()));
      }
      if (!person.equals(side.read())) {
        return Optional.of("%s reads another person".formatted(peer.getKey()));
      }
    }
    return Optional.empty();
  }
}
