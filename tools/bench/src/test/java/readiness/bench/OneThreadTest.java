package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A client and a server on one thread say what the section on sockets says that they do. */
class OneThreadTest {
  private static final Path PROGRAM = Path.of("../../chapters/00-setting-out/OneThread.java");

  @Test
  void theKernelKeepsWhatNobodyHasAcceptedYet() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .isEqualTo(
            """
            client  is connected, has sent hello, and sends no more
            server  accepts, for the first time
            server  receives hello
            server  receives -1, which is Java's word for the end
            client  receives HELLO and the end
            client  Connection refused
            """);
  }
}
