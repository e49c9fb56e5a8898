package readiness.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;

/** The test class of a step is watched for descriptors that stay open. */
class StepTest {
  private static final Linux LINUX = new Linux();
  private static final List<Integer> LEFT = new ArrayList<>();

  /** Looks like a step's test, and runs only when asked to: a member of a test class. */
  @Step("leaks")
  static class Leaky {
    @Test
    void leavesASocketOpen() {
      LEFT.add(LINUX.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0));
    }

    @Test
    void closesWhatItOpens() {
      LINUX.close(LINUX.eventfd(0, 0));
    }

    @Test
    void usesSocketsOfTheJdk() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept()) {
        accepted.shutdownOutput();
        client.shutdownOutput();
      }
    }

    @Test
    void failsAndLeavesAnEventfdOpen() {
      LEFT.add(LINUX.eventfd(0, 0));
      throw new Finding(List.of(), "the better story", "this one");
    }
  }

  @AfterEach
  void tidy() {
    LEFT.forEach(LINUX::close);
    LEFT.clear();
  }

  private static Map<String, TestExecutionResult> run(Class<?> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    Map<String, TestExecutionResult> results = new TreeMap<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  results.put(test.getDisplayName(), result);
                }
              }
            });
    return results;
  }

  @Test
  void whatStaysOpenIsAFinding() {
    Map<String, TestExecutionResult> results = run(Leaky.class);
    assertThat(results).hasSize(4);
    assertThat(results.get("closesWhatItOpens()").getThrowable()).isEmpty();
    assertThat(results.get("usesSocketsOfTheJdk()").getThrowable()).isEmpty();
    assertThat(results.get("leavesASocketOpen()").getThrowable())
        .get()
        .isInstanceOfSatisfying(
            Finding.class,
            finding -> {
              assertThat(finding.observed()).isEqualTo("1 left open");
              assertThat(finding.trace().getFirst()).matches("fd \\d+ is still open: socket:.*");
            });
    assertThat(results.get("failsAndLeavesAnEventfdOpen()").getThrowable())
        .get()
        .isInstanceOfSatisfying(
            Finding.class, finding -> assertThat(finding.expected()).isEqualTo("the better story"));
  }
}
