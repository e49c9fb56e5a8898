package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.kernel.Errno;
import readiness.kernel.Sendable;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

final class SendQueueTest {
  /** What has left, in order, as if it were a socket with {@link #room}. */
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private final CountedBuffers buffers = new CountedBuffers();
  private final SendQueue queue = new SendQueue(buffers);
  private long room = Long.MAX_VALUE;
  private int sends;

  private final Sockets sockets =
      InBetween.of(
          Simulation.seeded(0),
          (_, arguments, _) ->
              take((MemorySegment) arguments[1], (long) arguments[2], (long) arguments[3]));

  private int take(MemorySegment memory, long from, long length) {
    sends++;
    long taken = Math.min(room, length);
    if (taken == 0) {
      return -Errno.EAGAIN;
    }
    out.writeBytes(memory.asSlice(from, taken).toArray(JAVA_BYTE));
    room -= taken;
    return (int) taken;
  }

  /** Sends itself, byte by byte if need be. */
  private final class Part implements Sendable {
    private final MemorySegment bytes;
    private long sent;
    int closed;

    Part(byte[] bytes) {
      this.bytes = MemorySegment.ofArray(bytes);
    }

    @Override
    public long remaining() {
      return bytes.byteSize() - sent;
    }

    @Override
    public long sendTo(Sockets sockets, int fd) {
      int taken = take(bytes, sent, remaining());
      sent += Math.max(0, taken);
      return taken;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private void append(byte[] bytes) {
    queue.append(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  @DisplayName("bytes and parts leave in the order in which they came, whatever the socket takes")
  void inOrder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      out.reset();
      for (int step = 0; step < 60; step++) {
        byte[] next = bytes(random, 1 + random.nextInt(9_000));
        switch (random.nextInt(4)) {
          case 0 -> {
            queue.append(new Part(next));
            said.writeBytes(next);
          }
          case 1 -> {
            append(next);
            said.writeBytes(next);
          }
          default -> {
            room = random.nextInt(12_000);
            long waiting = queue.remaining();
            long sent = waiting == 0 ? 0 : queue.sendTo(sockets, 3);
            assertThat(queue.remaining())
                .as("seed %d: what has not left still waits", seed)
                .isEqualTo(waiting - Math.max(0, sent));
          }
        }
      }
      room = Long.MAX_VALUE;
      if (queue.remaining() > 0) {
        queue.sendTo(sockets, 3);
      }
      assertThat(Arrays.mismatch(out.toByteArray(), said.toByteArray()))
          .as("seed %d: where what left differs from what was said", seed)
          .isEqualTo(-1);
      assertThat(buffers.lent()).as("seed %d: buffers kept for nothing", seed).isZero();
    }
  }

  @Test
  @DisplayName("copied bytes that wait together leave with one call")
  void oneCall() {
    append(new byte[3_000]);
    append(new byte[3_000]);
    assertThat(queue.sendTo(sockets, 3)).isEqualTo(6_000);
    assertThat(sends).isEqualTo(1);
    assertThat(queue.remaining()).isZero();
  }

  @Test
  @DisplayName("no room at all is said as the kernel says it, and nothing is lost")
  void noRoom() {
    append(new byte[10]);
    room = 0;
    assertThat(queue.sendTo(sockets, 3)).isEqualTo(-Errno.EAGAIN);
    assertThat(queue.remaining()).isEqualTo(10);
  }

  @Test
  @DisplayName("a part is closed once: when it has gone, or when the queue is dropped")
  void closesParts() {
    Part gone = new Part(new byte[10]);
    Part left = new Part(new byte[10]);
    queue.append(gone);
    queue.append(left);
    room = 15;
    assertThat(queue.sendTo(sockets, 3)).isEqualTo(15);
    assertThat(gone.closed).isEqualTo(1);
    assertThat(left.closed).isZero();
    append(new byte[5]);
    queue.close();
    assertThat(gone.closed).isEqualTo(1);
    assertThat(left.closed).isEqualTo(1);
    assertThat(queue.remaining()).isZero();
    assertThat(buffers.lent()).isZero();
  }

  @Test
  @DisplayName("a queue that was emptied is as good as new, and holds no memory meanwhile")
  void againAndAgain() {
    for (int i = 0; i < 3; i++) {
      append(new byte[5_000]);
      assertThat(buffers.lent()).isEqualTo(1);
      queue.sendTo(sockets, 3);
      assertThat(buffers.lent()).isZero();
    }
    assertThat(out.size()).isEqualTo(15_000);
  }

  @Test
  @DisplayName("a slow reader behind a steady writer costs no copy for each byte that waits")
  void copiesLittle() {
    append(new byte[100_000]);
    int taken = buffers.taken();
    for (int i = 0; i < 1_000; i++) {
      room = 1_000;
      queue.sendTo(sockets, 3);
      append(new byte[1_000]);
    }
    assertThat(buffers.taken() - taken)
        .as("new buffers for a queue of steady length")
        .isLessThan(3);
  }
}
