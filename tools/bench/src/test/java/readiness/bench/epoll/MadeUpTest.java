package readiness.bench.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The client that makes its answer up shows what the text of the client's step says. */
class MadeUpTest {
  private static final Path PROGRAM = Path.of("../../chapters/03-epoll/MadeUp.java");

  @Test
  void hasReadNothing() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .containsPattern("the client shows +HTTP/1.1 200 OK\n")
        .containsPattern("it has read +0 bytes\n")
        .containsPattern("the server sent +[1-9]\\d+ bytes\n")
        .containsPattern("and they say +HTTP/1.1 404 Not Found\n");
  }
}
