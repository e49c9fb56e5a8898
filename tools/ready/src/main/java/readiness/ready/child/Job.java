package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the parent sends, once.
 *
 * @param classes the code under test and its tests, by binary name
 * @param pieces folders and jars of other pieces that it stands on
 * @param testClasses the classes to run, in order
 * @param tests the tests to run, as {@code class#method}, in the order of the sources
 * @param seed the one seed to run; null for all
 * @param stopAtFailingClass whether classes behind the first that fails are left out
 * @param marker begins the lines that divide the standard output by tests
 */
public record Job(
    Map<String, byte[]> classes,
    List<String> pieces,
    List<String> testClasses,
    List<String> tests,
    @Nullable String seed,
    boolean stopAtFailingClass,
    String marker) {

  public void write(DataOutputStream to) throws IOException {
    to.writeInt(classes.size());
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Text.write(each.getKey(), to);
      to.writeInt(each.getValue().length);
      to.write(each.getValue());
    }
    Text.write(pieces, to);
    Text.write(testClasses, to);
    Text.write(tests, to);
    Text.write(seed, to);
    to.writeBoolean(stopAtFailingClass);
    Text.write(marker, to);
    to.flush();
  }

  static Job read(DataInputStream from) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      classes.put(Text.read(from), from.readNBytes(from.readInt()));
    }
    return new Job(
        classes,
        Text.readAll(from),
        Text.readAll(from),
        Text.readAll(from),
        Text.readOrNull(from),
        from.readBoolean(),
        Text.read(from));
  }
}
