package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Errno.EBADF;
import static readiness.kernel.Errno.EPIPE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * A pipe as fs/pipe.c has it: 16 pages of 4,096 bytes. A write goes into pages of its own, except
 * that its last part joins the newest page if it fits there; so 16 writes of 2,049 bytes fill it,
 * and up to 4,096 bytes go in whole or not at all.
 */
final class SimPipe {
  private static final int PAGE = 4096;
  private static final int PAGES = 16;

  private static final class Page {
    final byte[] bytes = new byte[PAGE];
    int start;
    int end;
  }

  private final ArrayDeque<Page> pages = new ArrayDeque<>();
  private final OpenFile reader = new ReadingEnd();
  private final OpenFile writer = new WritingEnd();
  private boolean readable = true;
  private boolean writable = true;

  OpenFile reader() {
    return reader;
  }

  OpenFile writer() {
    return writer;
  }

  private final class ReadingEnd extends OpenFile {
    @Override
    int poll() {
      return (pages.isEmpty() ? 0 : EPOLLIN) | (writable ? 0 : EPOLLHUP);
    }

    @Override
    int read(MemorySegment buffer, long offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (pages.isEmpty()) {
        return writable ? -EAGAIN : 0;
      }
      boolean full = pages.size() == PAGES;
      int done = 0;
      while (done < length && !pages.isEmpty()) {
        Page page = pages.getFirst();
        int part = Math.min(length - done, page.end - page.start);
        MemorySegment.copy(page.bytes, page.start, buffer, JAVA_BYTE, offset + done, part);
        page.start += part;
        done += part;
        if (page.start == page.end) {
          pages.removeFirst();
        }
      }
      if (full && pages.size() < PAGES) {
        writer.wake(EPOLLOUT);
      }
      return done;
    }

    @Override
    int write(MemorySegment buffer, long offset, int length) {
      return -EBADF;
    }

    @Override
    void released() {
      readable = false;
      writer.wake(0);
    }
  }

  private final class WritingEnd extends OpenFile {
    @Override
    int poll() {
      return (pages.size() < PAGES ? EPOLLOUT : 0) | (readable ? 0 : EPOLLERR);
    }

    @Override
    int read(MemorySegment buffer, long offset, int length) {
      return -EBADF;
    }

    @Override
    int write(MemorySegment buffer, long offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (!readable) {
        return -EPIPE;
      }
      int done = joinNewestPage(buffer, offset, length);
      while (done < length && pages.size() < PAGES) {
        Page page = new Page();
        pages.addLast(page);
        done += append(page, buffer, offset + done, Math.min(PAGE, length - done));
      }
      // Also when nothing has been written: Linux wakes whoever polls for any attempt.
      reader.wake(EPOLLIN);
      return done == 0 ? -EAGAIN : done;
    }

    private int joinNewestPage(MemorySegment buffer, long offset, int length) {
      int odd = length % PAGE;
      Page newest = pages.peekLast();
      return odd > 0 && newest != null && newest.end + odd <= PAGE
          ? append(newest, buffer, offset, odd)
          : 0;
    }

    private static int append(Page page, MemorySegment buffer, long offset, int length) {
      MemorySegment.copy(buffer, JAVA_BYTE, offset, page.bytes, page.end, length);
      page.end += length;
      return length;
    }

    @Override
    void released() {
      writable = false;
      reader.wake(0);
    }
  }
}
