package readiness.bench.epoll;

import java.util.concurrent.CountDownLatch;
import readiness.kernel.NotYet;

/** A server whose loop ends with its first turn, while its main thread waits. */
final class Broken {
  private Broken() {}

  public static void main(String[] args) throws InterruptedException {
    Served.failAsOne();
    Thread.ofPlatform()
        .start(() -> {
          throw new NotYet("waiting");
        });
    new CountDownLatch(1).await();
  }
}
