package readiness.kernel;

import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLEXCLUSIVE;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Errno.EEXIST;
import static readiness.kernel.Errno.EINVAL;
import static readiness.kernel.Errno.ELOOP;
import static readiness.kernel.Errno.ENOENT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An epoll as fs/eventpoll.c has it: an interest list, and a ready list of registrations that may
 * have something to report. A registration comes onto the ready list when its file wakes it, or
 * when it is added or modified while it has something to report. A wait takes them off in order,
 * asks each file what is so now, and reports it if that is anything; a level-triggered one goes
 * back to the end of the list, an edge-triggered one does not. The whole difference is that line.
 */
final class SimEpoll extends OpenFile {
  /** What may accompany EPOLLEXCLUSIVE. */
  private static final int WITH_EXCLUSIVE =
      EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLET | EPOLLEXCLUSIVE;

  private final Set<Registration> interest = new LinkedHashSet<>();
  private final ArrayDeque<Registration> ready = new ArrayDeque<>();

  int add(OpenFile file, int fd, int events, long token) {
    if (file == this) {
      return -EINVAL;
    }
    boolean exclusive = (events & EPOLLEXCLUSIVE) != 0;
    if (exclusive && (file instanceof SimEpoll || (events & ~WITH_EXCLUSIVE) != 0)) {
      return -EINVAL;
    }
    if (find(file, fd) != null) {
      return -EEXIST;
    }
    if (file instanceof SimEpoll inner && inner.reaches(this)) {
      return -ELOOP;
    }
    Registration registration = new Registration(this, file, fd);
    registration.ask(events, token);
    interest.add(registration);
    file.watch(registration, exclusive);
    lookAt(registration);
    return 0;
  }

  int modify(OpenFile file, int fd, int events, long token) {
    if (file == this || (events & EPOLLEXCLUSIVE) != 0) {
      return -EINVAL;
    }
    Registration registration = find(file, fd);
    if (registration == null) {
      return -ENOENT;
    }
    if (registration.has(EPOLLEXCLUSIVE)) {
      return -EINVAL;
    }
    registration.ask(events, token);
    lookAt(registration);
    return 0;
  }

  int remove(OpenFile file, int fd) {
    if (file == this) {
      return -EINVAL;
    }
    Registration registration = find(file, fd);
    if (registration == null) {
      return -ENOENT;
    }
    forget(registration);
    return 0;
  }

  /** A registration is known by its file and the number under which that was added, both. */
  @Nullable Registration find(OpenFile file, int fd) {
    for (Watcher each : file.watchers()) {
      if (each instanceof Registration found && found.belongsTo(this) && found.fd == fd) {
        return found;
      }
    }
    return null;
  }

  private void lookAt(Registration registration) {
    if (registration.current() != 0) {
      ready(registration);
    }
  }

  void ready(Registration registration) {
    if (!registration.ready) {
      registration.ready = true;
      ready.addLast(registration);
      wake(EPOLLIN);
    }
  }

  void forget(Registration registration) {
    interest.remove(registration);
    registration.file.watchers().remove(registration);
    if (registration.ready) {
      ready.remove(registration);
    }
  }

  /**
   * Writes what there is to report.
   *
   * @param max how many events at most; whoever has to stay behind is first the next time
   * @return how many were written
   */
  int collect(MemorySegment array, int max, EventLayout layout, Trace trace) {
    int count = 0;
    for (int left = ready.size(); left > 0 && count < max; left--) {
      Registration each = ready.removeFirst();
      each.ready = false;
      int events = each.current();
      if (events != 0) {
        report(each, events, array, count++, layout, trace);
        if (each.armed() && !each.has(EPOLLET)) {
          each.ready = true;
          ready.addLast(each);
        }
      }
    }
    return count;
  }

  private static void report(
      Registration registration,
      int events,
      MemorySegment array,
      int index,
      EventLayout layout,
      Trace trace) {
    layout.put(array, index, events, registration.token());
    trace.event(index, registration.fd, events);
    if (registration.has(EPOLLONESHOT)) {
      registration.disarm();
    }
  }

  /** Reports EPOLLIN for a socket that has nothing to read, if there is such a one. */
  int collectSpurious(MemorySegment array, EventLayout layout, Trace trace, Dice dice) {
    List<Registration> idle = new ArrayList<>();
    for (Registration each : interest) {
      if (each.has(EPOLLIN)
          && each.file instanceof SimSocket socket
          && socket.waits()
          && (each.current() & EPOLLIN) == 0) {
        idle.add(each);
      }
    }
    if (idle.isEmpty()) {
      return 0;
    }
    report(idle.get(dice.below(idle.size())), EPOLLIN, array, 0, layout, trace);
    return 1;
  }

  void shuffle(Dice dice) {
    List<Registration> order = new ArrayList<>(ready);
    Collections.shuffle(order, new Random(dice.below(Integer.MAX_VALUE)));
    ready.clear();
    ready.addAll(order);
  }

  private boolean reaches(SimEpoll other) {
    if (this == other) {
      return true;
    }
    for (Registration each : interest) {
      if (each.file instanceof SimEpoll inner && inner.reaches(other)) {
        return true;
      }
    }
    return false;
  }

  /** An epoll can itself be waited for: it is readable while it has something to report. */
  @Override
  int poll() {
    for (Registration each : ready) {
      if (each.current() != 0) {
        return EPOLLIN;
      }
    }
    return 0;
  }

  @Override
  void released() {
    for (Registration each : interest) {
      each.file.watchers().remove(each);
    }
    interest.clear();
    ready.clear();
  }
}
