package readiness.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import readiness.kernel.Call;
import readiness.kernel.Recording;

/**
 * Tells by reading a recording which call belongs to whom. A number is whoever's it was when the
 * call was made: after a close it may be another's.
 */
final class Lanes {
  private static final String THE_LOOP = "the loop";

  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Integer, Lane> open = new HashMap<>();

  /** Who has a connection now, by name. */
  private final Map<String, Lane> clients = new HashMap<>();

  /** What clients did before they were let in. */
  private final Map<String, ArrayDeque<Line>> early = new LinkedHashMap<>();

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
      case EPOLL_CREATE1 -> made(line, Lane.Kind.WAITS, THE_LOOP);
      case SOCKET -> made(line, Lane.Kind.OTHER, "socket");
      case EVENTFD -> made(line, Lane.Kind.OTHER, "eventfd");
      case ACCEPT4 -> {
        lane(entry.fd(), line).add(line);
        if (made) {
          accepted(line);
        }
      }
      default -> {
        Lane lane = lane(entry.fd(), line);
        if (made || line.call() == Call.CONNECT) {
          lane.becomes(line.call());
        }
        lane.add(line);
        if (line.call() == Call.CLOSE && made) {
          open.remove(entry.fd());
        }
      }
    }
  }

  private void made(Line line, Lane.Kind kind, String name) {
    Recording.Entry entry = line.entry();
    if (entry.returned() && entry.result() >= 0) {
      newLane(kind, name, (int) entry.result(), entry.nanoTime()).add(line);
    }
  }

  private Lane newLane(Lane.Kind kind, String name, int fd, long from) {
    Lane lane = new Lane(kind, name, fd, from);
    lanes.add(lane);
    open.put(fd, lane);
    return lane;
  }

  /** Whose the number is; nobody's if it is not open, or if the recording began later. */
  private Lane lane(int fd, Line line) {
    Lane known = open.get(fd);
    if (known != null) {
      return known;
    }
    boolean talks = line.receives() || line.sends();
    return newLane(
        talks ? Lane.Kind.CONNECTION : Lane.Kind.OTHER, "unknown", fd, line.entry().begun());
  }

  private void waited(Line line) {
    Recording.Entry entry = line.entry();
    Lane loop = open.get(entry.fd());
    if (loop == null) {
      loop = newLane(Lane.Kind.WAITS, THE_LOOP, entry.fd(), entry.begun());
    }
    loop.add(line);
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
    Recording.Entry entry = line.entry();
    Lane lane = newLane(Lane.Kind.CONNECTION, name, (int) entry.result(), entry.nanoTime());
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
