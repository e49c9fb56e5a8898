package readiness.ready.child;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The child's two ways out: events on a descriptor of their own, and lines on the standard output
 * that say where one test's printing ends and the next one's begins.
 */
final class EventChannel {
  private final DataOutputStream events;

  /** Under a number of its own, as the code under test may close 1 and have a socket get it. */
  private final FileOutputStream standardOutput = new FileOutputStream("/dev/fd/1");

  EventChannel(String path) throws IOException {
    events = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(path)));
  }

  synchronized void send(Event event) {
    try {
      event.write(events);
    } catch (IOException e) {
      // The parent is gone, or the code under test has closed a descriptor that is not its own.
      // Either way nobody listens, and an end that the parent can see is all that is left to say.
      Runtime.getRuntime().halt(Child.LOST_CHANNEL);
    }
  }

  void divide(String marker, String test) {
    System.out.flush();
    System.err.flush();
    try {
      standardOutput.write(("\n" + marker + test + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The code under test closed its own standard output: there is nothing to divide any more.
    }
  }
}
