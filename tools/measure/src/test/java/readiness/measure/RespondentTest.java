package readiness.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.junit.jupiter.api.Test;

/** A process that takes part answers, or it is known why not; and it never outlives its parent. */
class RespondentTest {
  /** Answers the length of a line; {@code end} ends it, with a reason. */
  static final class Lengths {
    private Lengths() {}

    public static void main(String[] args) throws IOException {
      IO.println(args.length);
      try (var questions = new BufferedReader(new InputStreamReader(System.in))) {
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
          switch (line) {
            case "end" -> throw new IllegalStateException("as it was told");
            case "why" -> IO.println(Respondent.ERROR + "because");
            case "word" -> IO.println("seventeen");
            default -> IO.println(line.length());
          }
        }
      }
    }
  }

  private static Respondent start() {
    return Jvm.own().with("-Xmx64m").start("lengths", Lengths.class, "one", "two");
  }

  @Test
  void answersALineWithALine() {
    try (Respondent lengths = start()) {
      assertThat(lengths.number()).isEqualTo(2);
      assertThat(lengths.ask("four")).isEqualTo("4");
      assertThat(lengths.number("eleven more")).isEqualTo(11);
      assertThat(lengths.proc().descriptors()).isNotEmpty();
    }
  }

  @Test
  void whatIsNoAnswerIsTheReason() {
    try (Respondent lengths = start()) {
      lengths.line();
      assertThatThrownBy(() -> lengths.ask("why"))
          .isInstanceOf(NoAnswer.class)
          .hasMessage("lengths: because");
      assertThatThrownBy(() -> lengths.number("word")).hasMessage("lengths: seventeen");
    }
  }

  @Test
  void whoHasEndedHasSaidWhy() {
    try (Respondent lengths = start()) {
      lengths.line();
      assertThatThrownBy(() -> lengths.ask("end"))
          .isInstanceOf(NoAnswer.class)
          .hasMessageContaining("lengths has ended.")
          .hasMessageContaining("as it was told");
    }
  }

  @Test
  void endsWhenItsInputDoes() {
    Respondent lengths = start();
    long pid = lengths.proc().pid();
    lengths.line();
    lengths.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void mayHaveFewDescriptors() {
    try (Respondent lengths = Jvm.own().limitedTo(77).start("lengths", Lengths.class)) {
      assertThat(lengths.number()).isZero();
      assertThat(lengths.proc().descriptorLimit()).isEqualTo(77);
    }
  }
}
