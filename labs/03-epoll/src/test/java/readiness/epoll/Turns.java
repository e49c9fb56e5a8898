package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import readiness.kernel.Finding;

/**
 * Whose messages a server has served, in which order and in which turn of its loop. A message is
 * {@link #SIZE} bytes and begins with a letter, which says whose it is; a protocol takes one of
 * them for each call.
 */
final class Turns {
  static final int SIZE = 10;

  /** How many turns a finding tells. */
  private static final int TOLD = 12;

  private static final char TURN = '|';

  /** What is to be done about a message, besides noting that its turn has come. */
  @FunctionalInterface
  interface Service {
    void serve(Connection connection, MemorySegment message, long from);
  }

  /** Sends it back. */
  static final Service ECHO = (connection, message, from) -> connection.send(message, from, SIZE);

  /** A letter for each message that was served, a bar for each turn that began. */
  private final StringBuilder served = new StringBuilder();

  private final Map<Character, Connection> connections = new HashMap<>();

  /** So many messages, the first one's number behind the letter being 0. */
  static byte[] messages(char whose, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(whose).append("%09d".formatted(i));
    }
    return text.toString().getBytes();
  }

  /** A protocol that takes one message for each call, and has it served. */
  Protocol each(Service service) {
    return (connection, input, from, to) -> {
      if (to - from < SIZE) {
        return 0;
      }
      char whose = (char) input.get(JAVA_BYTE, from);
      served.append(whose);
      connections.put(whose, connection);
      service.serve(connection, input, from);
      return SIZE;
    };
  }

  /** One turn of the loop. */
  void turn(EventLoop loop) {
    served.append(TURN);
    loop.turn();
  }

  /** On which connection {@code whose} messages come. */
  Connection connection(char whose) {
    return Objects.requireNonNull(connections.get(whose));
  }

  /** How many messages were served of those that begin with {@code whose}. */
  int of(char whose) {
    return count(served, whose);
  }

  /** The same, in the last turn. */
  int inLastTurn(char whose) {
    return count(served.substring(served.lastIndexOf("|") + 1), whose);
  }

  /** The same, before the first one that begins with {@code other}. */
  int before(char other, char whose) {
    return count(served.substring(0, served.indexOf(String.valueOf(other))), whose);
  }

  private static int count(CharSequence where, char whose) {
    return (int) where.chars().filter(each -> each == whose).count();
  }

  void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw finding(expected, observed);
    }
  }

  /** The failure of what was served when, to be thrown. */
  Finding finding(String expected, String observed) {
    return new Finding(told(), expected, observed);
  }

  /** The last turns, such as "turn 3: 16 of a, 1 of b". */
  private List<String> told() {
    String[] turns = served.substring(1).split("\\|", -1);
    List<String> lines = new ArrayList<>();
    for (int i = Math.max(0, turns.length - TOLD); i < turns.length; i++) {
      lines.add("turn %d: %s".formatted(i + 1, runs(turns[i])));
    }
    return lines;
  }

  private static String runs(String turn) {
    List<String> runs = new ArrayList<>();
    for (int from = 0, to; from < turn.length(); from = to) {
      to = from;
      while (to < turn.length() && turn.charAt(to) == turn.charAt(from)) {
        to++;
      }
      runs.add("%,d of %s".formatted(to - from, turn.charAt(from)));
    }
    return runs.isEmpty() ? "no message" : String.join(", ", runs);
  }
}
