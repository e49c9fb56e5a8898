package readiness.ready.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import readiness.kernel.Call;
import readiness.kernel.Errno;
import readiness.kernel.EventFlags;
import readiness.kernel.Recording;
import readiness.ready.Recorder;
import readiness.timeline.Run;

/** A recorded run for programs; {@code docs/trace-json.adoc} says what it holds. */
public final class TraceJson {
  /** Changes when what reads it would have to. */
  static final String SCHEMA = "readiness/trace/v1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TraceJson() {}

  /** The trace of a run. */
  public static String of(Recorder.Play play, Recorder.Take take, Run run) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("scenario", play.story().id());
    tree.put("seed", play.seed());
    tree.put("kernel", play.real() ? "real" : "simulated");
    tree.put("trigger", play.edge() ? "edge" : "level");
    tree.put("solution", play.solution());
    Run.Failure failure = run.failure();
    if (failure == null) {
      tree.putNull("failure");
    } else {
      tree.putObject("failure")
          .put("observed", failure.message())
          .put("expected", failure.expected())
          .put("place", failure.place());
    }
    ArrayNode lines = tree.putArray("lines");
    long begin = take.entries().stream().mapToLong(Recording.Entry::begun).min().orElse(0);
    take.entries().forEach(entry -> lines.add(node(entry, begin)));
    try {
      return JSON.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers", e);
    }
  }

  private static ObjectNode node(Recording.Entry entry, long begin) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean note = entry.call() == Call.NOTE;
    node.put("call", note ? "note" : entry.call().manual());
    node.put("begin", entry.begun() - begin);
    node.put("end", entry.nanoTime() - begin);
    if (entry.peer() != null) {
      node.put("client", entry.peer());
    }
    if (!note) {
      if (entry.call().name().startsWith("EPOLL_CTL_")) {
        node.put("operation", entry.call().name());
        node.put("flags", EventFlags.names((int) entry.argument()));
      }
      node.put("fd", entry.fd());
      node.put("argument", entry.argument());
      if (entry.returned()) {
        node.put("result", entry.result());
        if (entry.result() < 0) {
          node.put("error", Errno.name((int) entry.result()));
        }
      } else {
        node.putNull("result");
      }
      if (entry.call() == Call.EPOLL_WAIT) {
        ArrayNode events = node.putArray("events");
        for (Recording.Event event : entry.events()) {
          events.addObject().put("fd", event.fd()).put("flags", EventFlags.names(event.flags()));
        }
      }
    }
    node.put("text", entry.text());
    return node;
  }
}
