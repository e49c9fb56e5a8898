package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The programs beside the first chapter's text run as it says, and show what it says. */
class FirstChapterTest {
  private static final Path CHAPTER = Path.of("../../chapters/00-setting-out");

  private static String run(String program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                CHAPTER.resolve(program).toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void theFirstCallReachesTheKernel() throws Exception {
    assertThat(run("FirstCall.java"))
        .startsWith("My parent is process " + ProcessHandle.current().pid() + ", says the kernel.")
        .containsPattern("into C and back, no kernel \\(labs\\) +\\d+ +\\d+ to \\d+\n")
        .containsPattern("the call, handle not static final +\\d+ +\\d+ to \\d+\n");
  }

  @Test
  void aCycleIsCollected() throws Exception {
    assertThat(run("Cycle.java")).startsWith("The cycle is gone after ");
  }

  @Test
  void aVirtualThreadThatWaitsStandsOnAnEpoll() throws Exception {
    assertThat(run("Underneath.java"))
        .startsWith("epoll descriptors before the thread waits: 0\n")
        .containsPattern("and while it waits: [1-9]");
  }
}
