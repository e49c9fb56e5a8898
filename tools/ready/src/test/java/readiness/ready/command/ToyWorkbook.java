package readiness.ready.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A workbook of one chapter and two steps, in a folder with a space in its name. */
final class ToyWorkbook {
  private static final String COURSE =
      """
      title: Toy
      subtitle: For tests
      chapters:
        - id: 01-toy
          number: 1
          title: Count
          package: toy
          steps:
            - id: one
              title: Say one
              points: 10
              minutes: 5
              files: [toy/Toy.java]
              test: toy.OneTest
            - id: two
              title: Say two
              points: 5
              minutes: 5
              files: [toy/Toy.java]
              test: toy.TwoTest
      """;

  private static final String SOLUTION =
      """
      package toy;

      final class Toy {
        static int one() {
          // tag::one[]
          return 1;
          // end::one[]
        }

        static int two() {
          // tag::two[]
          return one() + 1;
          // end::two[]
        }
      }
      """;

  /** What a reader begins with. */
  static final String STARTER =
      """
      package toy;

      import readiness.kernel.NotYet;

      final class Toy {
        static int one() {
          throw new NotYet("one");
        }

        static int two() {
          throw new NotYet("two");
        }
      }
      """;

  private static final String ONE_TEST =
      """
      package toy;

      import java.util.List;
      import org.junit.jupiter.api.Test;
      import readiness.kernel.Finding;

      class OneTest {
        @Test
        void oneIsOne() {
          ask();
        }

        @Test
        void oneStaysOne() {
          ask();
          ask();
        }

        @Test
        void oneIsNoLessThanItself() {
          Toy.one();
        }

        private static void ask() {
          int one = Toy.one();
          if (one != 1) {
            throw new Finding(List.of("ask for one", "hear " + one), "one is 1", "it is " + one)
                .withSeed("5d1c");
          }
        }
      }
      """;

  private static final String TWO_TEST =
      """
      package toy;

      import static org.assertj.core.api.Assertions.assertThat;

      import org.junit.jupiter.api.Test;

      class TwoTest {
        @Test
        void twoIsTwo() {
          assertThat(Toy.two()).isEqualTo(2);
        }
      }
      """;

  private static final String MISTAKE =
      """
      step: one
      name: Three for one
      misconception: One and three are much alike.
      replace:
        - file: toy/Toy.java
          old: return 1;
          new: return 3;
      caught-by: OneTest
      says: it is 3
      """;

  private static final String MATRIX =
      """
      one:
        three:
          - "oneIsOne: hear #; it is #"
          - oneStaysOne
      """;

  private static final String HINTS =
      """
      == How many is *one*?

      Fewer than `two`.

      == What does `return` do?

      Write `return 1;`.
      """;

  private static final String MAIL_STEP =
      """
            - id: mail
              title: Wake the other
              points: 5
              minutes: 5
              files: [toy/Mailbox.java]
              test: toy.MailTest
              model-checked: true
      """;

  private static final String MAILBOX =
      """
      package toy;

      import java.util.concurrent.ConcurrentLinkedQueue;
      import java.util.concurrent.atomic.AtomicBoolean;

      final class Mailbox {
        private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean signalled = new AtomicBoolean();
        private final Runnable wake;

        Mailbox(Runnable wake) {
          this.wake = wake;
        }

        void put(Runnable task) {
          tasks.add(task);
          if (signalled.compareAndSet(false, true)) {
            wake.run();
          }
        }

        void run() {
          // tag::mail[]
          signalled.set(false);
          drain();
          // end::mail[]
        }

        private void drain() {
          for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
          }
        }
      }
      """;

  private static final String MAIL_TEST =
      """
      package toy;

      import java.util.List;
      import java.util.concurrent.atomic.AtomicBoolean;
      import org.junit.jupiter.api.Test;
      import readiness.kernel.Finding;
      import readiness.testing.Interleavings;

      class MailTest {
        private static final class Handover {
          private final AtomicBoolean woken = new AtomicBoolean();
          private final Mailbox mailbox = new Mailbox(() -> woken.set(true));
          private int put;
          private int run;

          void put() {
            put++;
            mailbox.put(() -> run++);
          }

          void turn() {
            if (woken.getAndSet(false)) {
              mailbox.run();
            }
          }

          void nothingLies() {
            turn();
            if (run < put) {
              throw new Finding(
                  List.of(),
                  "every task is run, or a wake-up is due",
                  "%d of %d are run, and the loop sleeps".formatted(run, put));
            }
          }
        }

        @Test
        void noTaskIsLost() {
          Interleavings.of(Handover::new)
              .thread("giver", scene -> {
                scene.put();
                scene.put();
              })
              .thread("loop", Handover::turn)
              .finish(Handover::nothingLies);
        }
      }
      """;

  private static final String MAIL_MISTAKE =
      """
      step: mail
      name: The flag lowered last
      misconception: Once the queue is empty, there is nothing left to be woken for.
      replace:
        - file: toy/Mailbox.java
          old: |
            signalled.set(false);
            drain();
          new: |
            drain();
            signalled.set(false);
      caught-by: MailTest
      says: and the loop sleeps
      """;

  private final Path root;

  ToyWorkbook(Path folder) throws IOException {
    root = folder.resolve("my workbook");
    write("chapters/course.yaml", COURSE);
    write("chapters/01-toy/hints/one.adoc", HINTS);
    write("solutions/01-toy/src/main/java/toy/Toy.java", SOLUTION);
    write("solutions/01-toy/mistakes/one/three.yaml", MISTAKE);
    write("solutions/mistakes.yaml", MATRIX);
    write("labs/01-toy/pom.xml", "<project/>");
    write("labs/01-toy/src/main/java/toy/Toy.java", STARTER);
    write("labs/01-toy/src/test/java/toy/OneTest.java", ONE_TEST);
    write("labs/01-toy/src/test/java/toy/TwoTest.java", TWO_TEST);
  }

  Path root() {
    return root;
  }

  Path toy() {
    return root.resolve("labs/01-toy/src/main/java/toy/Toy.java");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Has the starter of the first step hold a naive form instead of a gap. */
  ToyWorkbook naive(String one) throws IOException {
    write(
        "solutions/01-toy/src/main/java/toy/Toy.java",
        SOLUTION.replace("    return 1;", "    // > " + one + "\n    return 1;"));
    return written(one, "throw new NotYet(\"two\");");
  }

  /** Has the first step write both methods: {@code one} holds a naive form, {@code two} a gap. */
  ToyWorkbook naiveBesideGap(String one) throws IOException {
    naive(one);
    String solution = "solutions/01-toy/src/main/java/toy/Toy.java";
    write(solution, Files.readString(root.resolve(solution)).replace("::two[]", "::one[]"));
    return written(one, "throw new NotYet(\"one\");");
  }

  /** Puts a model-checked step between the two, in which the reader has written {@code run}. */
  ToyWorkbook withMail(String run) throws IOException {
    int second = COURSE.indexOf("      - id: two");
    write(
        "chapters/course.yaml", COURSE.substring(0, second) + MAIL_STEP + COURSE.substring(second));
    write("solutions/01-toy/src/main/java/toy/Mailbox.java", MAILBOX);
    write("solutions/01-toy/mistakes/mail/lowered-last.yaml", MAIL_MISTAKE);
    write("labs/01-toy/src/test/java/toy/MailTest.java", MAIL_TEST);
    write(
        "labs/01-toy/src/main/java/toy/Mailbox.java",
        MAILBOX.replaceAll("(?s)// tag::mail.*end::mail\\[]", run));
    return this;
  }

  /** Lets the reader write both methods. */
  ToyWorkbook written(String one, String two) throws IOException {
    Files.writeString(
        toy(),
        STARTER
            .replace("throw new NotYet(\"one\");", one)
            .replace("throw new NotYet(\"two\");", two));
    return this;
  }

  /**
   * What a command line did.
   *
   * @param status its exit code
   * @param out what it printed
   * @param err what it complained about
   */
  record Said(int status, String out, String err) {}

  /** Runs a command line on this workbook. */
  Said ready(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String before = System.setProperty("readiness.root", root.toString());
    try {
      int status = Ready.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new Said(status, out.toString(), err.toString());
    } finally {
      if (before == null) {
        System.clearProperty("readiness.root");
      } else {
        System.setProperty("readiness.root", before);
      }
    }
  }
}
