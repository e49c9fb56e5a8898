package readiness.ready.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the parent sends, once.
 *
 * @param classes the code under test and its tests, by binary name
 * @param onClassPath whether the classes lie on the class path, with the pieces; else they get a
 *     loader of their own
 * @param pieces folders and jars of other pieces that it stands on
 * @param testClasses the classes to run, in order
 * @param tests the tests to run, as {@code class#method}, in the order of the sources
 * @param properties system properties that the tests read, such as the one seed to run
 * @param stopAtFailingClass whether classes behind the first that fails are left out
 * @param asked the class that runs first and keeps none of the others from running, however it
 *     ends; empty for none
 * @param marker begins the lines that divide the standard output by tests
 */
public record Job(
    Map<String, byte[]> classes,
    boolean onClassPath,
    List<String> pieces,
    List<String> testClasses,
    List<String> tests,
    Map<String, String> properties,
    boolean stopAtFailingClass,
    String asked,
    String marker) {

  public void write(DataOutputStream to) throws IOException {
    to.writeInt(classes.size());
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Text.write(each.getKey(), to);
      to.writeInt(each.getValue().length);
      to.write(each.getValue());
    }
    to.writeBoolean(onClassPath);
    Text.write(pieces, to);
    Text.write(testClasses, to);
    Text.write(tests, to);
    to.writeInt(properties.size());
    for (Map.Entry<String, String> each : properties.entrySet()) {
      Text.write(each.getKey(), to);
      Text.write(each.getValue(), to);
    }
    to.writeBoolean(stopAtFailingClass);
    Text.write(asked, to);
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
        from.readBoolean(),
        Text.readAll(from),
        Text.readAll(from),
        Text.readAll(from),
        properties(from),
        from.readBoolean(),
        Text.read(from),
        Text.read(from));
  }

  private static Map<String, String> properties(DataInputStream from) throws IOException {
    Map<String, String> properties = new HashMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      properties.put(Text.read(from), Text.read(from));
    }
    return properties;
  }
}
