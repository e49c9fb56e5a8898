package readiness.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Call;
import readiness.kernel.Recording;

/**
 * Tells by reading a recording which call belongs to whom. A number is whoever's it was when the
 * call was made: after a close it may be another's.
 */
final class Lanes {
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Integer, Lane> open = new HashMap<>();

  /** Who has a connection now, by name. */
  private final Map<String, Lane> clients = new HashMap<>();

  /** What clients did before they were let in. */
  private final Map<String, ArrayDeque<Line>> early = new LinkedHashMap<>();

  private @Nullable Lane waits;
  private int connections;

  private Lanes() {}

  /** The rows, in the order in which they are drawn. */
  static List<Lane> of(List<Line> lines) {
    Lanes reader = new Lanes();
    lines.forEach(reader::read);
    reader.addWhoWasNeverLetIn();
    reader.lanes.sort(Comparator.comparing(Lane::kind));
    return reader.lanes;
  }

  private void read(Line line) {
    Recording.Entry entry = line.entry();
    boolean made = entry.returned() && entry.result() >= 0;
    switch (line.call()) {
      case NOTE -> note(line);
      case EPOLL_WAIT -> waited(line);
      case EPOLL_CREATE1 -> {
        if (made) {
          waits = newLane(Lane.Kind.WAITS, "the loop", line);
        }
        add(waits, line);
      }
      case SOCKET -> add(made ? newLane(Lane.Kind.OTHER, "socket", line) : null, line);
      case EVENTFD -> add(made ? newLane(Lane.Kind.WAKE_UP, "wake-up", line) : null, line);
      case ACCEPT4 -> {
        add(open.get(entry.fd()), line);
        if (made) {
          accepted(line);
        }
      }
      default -> {
        Lane lane = open.get(entry.fd());
        if (lane != null && line.call() == Call.LISTEN && made) {
          lane.becomes(Lane.Kind.LISTENER, "listener");
        } else if (lane != null && line.call() == Call.CONNECT) {
          lane.becomes(Lane.Kind.CONNECTION, "connection " + ++connections);
        }
        add(lane, line);
        if (line.call() == Call.CLOSE && made) {
          open.remove(entry.fd());
        }
      }
    }
  }

  private Lane newLane(Lane.Kind kind, String name, Line line) {
    Recording.Entry entry = line.entry();
    Lane lane = new Lane(kind, name, (int) entry.result(), entry.nanoTime());
    lanes.add(lane);
    open.put(lane.fd(), lane);
    return lane;
  }

  private static void add(@Nullable Lane lane, Line line) {
    if (lane != null) {
      lane.add(line);
    }
  }

  private void waited(Line line) {
    Recording.Entry entry = line.entry();
    if (waits == null) {
      waits = new Lane(Lane.Kind.WAITS, "the loop", entry.fd(), entry.begun());
      lanes.add(waits);
    }
    waits.add(line);
    for (Lane each : open.values()) {
      each.turnEnds(entry.begun());
    }
    for (Recording.Event event : entry.events()) {
      Lane lane = open.get(event.fd());
      if (lane != null) {
        lane.reported(entry.nanoTime(), event.flags());
      }
    }
  }

  private void accepted(Line line) {
    connections++;
    String peer = line.entry().peer();
    String name = peer == null ? "connection " + connections : peer;
    Lane lane = newLane(Lane.Kind.CONNECTION, name, line);
    if (peer != null) {
      ArrayDeque<Line> before = early.remove(peer);
      if (before != null) {
        before.forEach(lane::note);
      }
      clients.put(peer, lane);
    }
  }

  private void note(Line line) {
    String peer = String.valueOf(line.entry().peer());
    Lane lane = clients.get(peer);
    if (lane == null) {
      early.computeIfAbsent(peer, _ -> new ArrayDeque<>()).add(line);
    } else {
      lane.note(line);
    }
  }

  private void addWhoWasNeverLetIn() {
    early.forEach((peer, notes) -> {
      long from = notes.getFirst().entry().nanoTime();
      Lane lane = new Lane(Lane.Kind.OTHER, peer, -1, from);
      notes.forEach(lane::note);
      lanes.add(lane);
    });
  }
}
