package readiness.ready.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import readiness.ready.child.StackFrame;

/** Finds the source behind a stack frame. */
final class Sources {
  private record Place(SourceText source, boolean test) {}

  private final Map<String, Place> byName = new HashMap<>();

  Sources(List<SourceText> main, List<SourceText> tests) {
    main.forEach(source -> byName.put(source.name(), new Place(source, false)));
    tests.forEach(source -> byName.put(source.name(), new Place(source, true)));
  }

  /** The frames that are in these sources. */
  List<Frame> frames(List<StackFrame> calls) {
    return calls.stream().flatMap(call -> frame(call).stream()).toList();
  }

  Optional<Frame> frame(StackFrame call) {
    String type = call.type();
    int dot = type.lastIndexOf('.');
    String folder = type.substring(0, dot + 1).replace('.', '/');
    Place place = byName.get(folder + call.file());
    if (place == null) {
      return Optional.empty();
    }
    String simple = type.substring(dot + 1).replace('$', '.');
    return Optional.of(
        new Frame(
            place.source.file(), Math.max(0, call.line()), simple, call.method(), place.test));
  }
}
