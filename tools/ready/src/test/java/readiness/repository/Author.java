package readiness.repository;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.Assertions;
import picocli.CommandLine;
import readiness.ready.author.AuthorCommand;

/** Runs {@code ready author} on this repository. */
final class Author {
  private Author() {}

  /** Fails with everything that was printed unless the command ends well. */
  static void mustDo(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    int exit =
        new CommandLine(new AuthorCommand()).setOut(writer).setErr(writer).execute(arguments);
    if (exit != 0) {
      Assertions.fail("./ready author " + String.join(" ", arguments) + " says:\n" + said);
    }
    System.out.print(said);
  }
}
