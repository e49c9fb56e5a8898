package readiness.ready.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import readiness.kernel.Call;
import readiness.kernel.Recording;

/** A recording on its way from the child to the parent, in a file: it may be long. */
public final class TraceFile {
  private TraceFile() {}

  /** Writes the entries, in place of what was there. */
  public static void write(Path file, List<Recording.Entry> entries) throws IOException {
    try (DataOutputStream to =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      to.writeInt(entries.size());
      for (Recording.Entry each : entries) {
        write(each, to);
      }
    }
  }

  private static void write(Recording.Entry entry, DataOutputStream to) throws IOException {
    to.writeLong(entry.begun());
    to.writeLong(entry.nanoTime());
    Text.write(entry.call().name(), to);
    to.writeInt(entry.fd());
    to.writeLong(entry.argument());
    to.writeLong(entry.result());
    to.writeInt(entry.events().size());
    for (Recording.Event event : entry.events()) {
      to.writeInt(event.fd());
      to.writeInt(event.flags());
    }
    Text.write(entry.peer(), to);
    Text.write(entry.text(), to);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws java.io.EOFException if the child ended before it had written all
   */
  public static List<Recording.Entry> read(Path file) throws IOException {
    try (DataInputStream from =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      List<Recording.Entry> entries = new ArrayList<>();
      for (int left = from.readInt(); left > 0; left--) {
        entries.add(read(from));
      }
      return entries;
    }
  }

  private static Recording.Entry read(DataInputStream from) throws IOException {
    return new Recording.Entry(
        from.readLong(),
        from.readLong(),
        Call.valueOf(Text.read(from)),
        from.readInt(),
        from.readLong(),
        from.readLong(),
        events(from),
        Text.readOrNull(from),
        Text.read(from));
  }

  private static List<Recording.Event> events(DataInputStream from) throws IOException {
    List<Recording.Event> events = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      events.add(new Recording.Event(from.readInt(), from.readInt()));
    }
    return events;
  }
}
