package readiness.epoll;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import readiness.kernel.Linux;

/** How a group ends by a defect, or is closed, which is given. */
final class LoopGroupTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @ParameterizedTest
  @EnumSource
  @DisplayName("a loop that ends by a defect ends the others, and whoever waits hears which it was")
  void defect(LoopGroup.Accepting accepting) throws Exception {
    RuntimeException bug = new IllegalStateException("a bug, on purpose: this trace is expected");
    bug.setStackTrace(new StackTraceElement[0]);
    Protocol broken =
        (_, _, _, _) -> {
          throw bug;
        };
    try (LoopGroup group =
            LoopGroup.start(2, accepting, LoopGroupTest::loop, ANY, 128, () -> () -> broken);
        Socket client = new Socket(group.address().getAddress(), group.address().getPort())) {
      client.getOutputStream().write('x');
      Throwable cause = null;
      try {
        group.join();
      } catch (ExecutionException e) {
        cause = e.getCause();
      }
      new Story()
          .then("the protocol of one loop throws, and that loop ends by it")
          .expect(cause == bug, "join throws, with the defect as its cause", "" + cause);
    }
  }

  @Test
  @DisplayName("to close a group is not given up for an interrupt, which is kept for the caller")
  void interrupted() {
    LoopGroup group =
        LoopGroup.start(
            2, LoopGroup.Accepting.HAND_OUT, LoopGroupTest::loop, ANY, 128, () -> EchoServer::new);
    Thread.currentThread().interrupt();
    group.close();
    new Story()
        .then("a thread that is interrupted closes a group")
        .expect(Thread.interrupted(), "the thread interrupted still", "it is not any more");
  }

  /** What its protocols throw ends it. */
  private static EventLoop loop() {
    return Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers());
  }
}
