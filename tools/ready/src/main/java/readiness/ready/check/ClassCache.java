package readiness.ready.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was compiled, in memory and in a folder, from one check to the next. What it gives
 * back is where the {@link Compiler} begins, which looks at every source anew: so it may be old,
 * and it may be gone, but it must not be half written. A folder that cannot be written is passed
 * over.
 */
final class ClassCache {
  private static final String FORMAT = "readiness/classes/1";

  private final @Nullable Path folder;
  private final Map<String, Compilation> kept = new HashMap<>();

  /**
   * @param folder where the files go; null for memory alone
   */
  ClassCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** What is kept of that code, if anything is. */
  Optional<Compilation> find(List<SourceText> main) {
    String key = key(main);
    if (!kept.containsKey(key) && folder != null) {
      try {
        kept.put(key, read(Files.readAllBytes(folder.resolve(key))));
      } catch (IOException | RuntimeException e) {
        // There is none, or none that is whole: then all is compiled, and kept again.
        return Optional.empty();
      }
    }
    return Optional.ofNullable(kept.get(key));
  }

  /** Keeps it, unless there is nothing to it that is not kept already. */
  void keep(List<SourceText> main, Compilation compiled) {
    if (!compiled.errors().isEmpty() || main.isEmpty()) {
      return;
    }
    Compilation before = kept.put(key(main), compiled);
    if (folder != null && (before == null || !compiled.isSameAs(before))) {
      try {
        write(folder, key(main), bytes(compiled));
      } catch (IOException e) {
        // The next check will have to compile more.
      }
    }
  }

  /** Code is known by the place of its first source. */
  private static String key(List<SourceText> main) {
    String place = main.isEmpty() ? "" : main.getFirst().file().toAbsolutePath().toString();
    return CompiledUnit.digest(place).substring(0, 16);
  }

  private static void write(Path folder, String name, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path beside = folder.resolve(name + "." + ProcessHandle.current().pid() + ".new");
    try {
      Files.write(beside, content);
      Files.move(
          beside,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static byte[] bytes(Compilation compiled) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 20);
    DataOutputStream to = new DataOutputStream(body);
    to.writeUTF(FORMAT);
    to.writeUTF(compiled.ground());
    write(compiled.main(), to);
    write(compiled.tests(), to);
    write(compiled.others(), to);
    to.writeLong(checksum(body.toByteArray(), body.size()));
    return body.toByteArray();
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  private static void write(List<CompiledUnit> units, DataOutputStream to) throws IOException {
    to.writeInt(units.size());
    for (CompiledUnit unit : units) {
      to.writeUTF(unit.name());
      to.writeUTF(unit.digest());
      to.writeInt(unit.classes().size());
      for (Map.Entry<String, byte[]> each : unit.classes().entrySet()) {
        to.writeUTF(each.getKey());
        to.writeInt(each.getValue().length);
        to.write(each.getValue());
      }
      to.writeInt(unit.tests().size());
      for (PlannedTest test : unit.tests()) {
        to.writeUTF(test.testClass());
        to.writeUTF(test.method());
        to.writeUTF(test.title());
      }
      to.writeInt(unit.gaps().size());
      for (Gap gap : unit.gaps()) {
        to.writeUTF(gap.step());
        to.writeUTF(gap.file().toString());
        to.writeUTF(gap.method());
        to.writeInt(gap.line());
      }
    }
  }

  private static Compilation read(byte[] bytes) throws IOException {
    DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes));
    int length = bytes.length - Long.BYTES;
    if (!from.readUTF().equals(FORMAT)) {
      throw new IOException("of another format");
    }
    String ground = from.readUTF();
    Compilation compiled =
        new Compilation(List.of(), units(from), units(from), units(from), ground);
    if (from.readLong() != checksum(bytes, length) || from.available() > 0) {
      throw new IOException("not whole");
    }
    return compiled;
  }

  private static List<CompiledUnit> units(DataInputStream from) throws IOException {
    List<CompiledUnit> units = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      units.add(
          new CompiledUnit(from.readUTF(), from.readUTF(), classes(from), tests(from), gaps(from)));
    }
    return units;
  }

  private static Map<String, byte[]> classes(DataInputStream from) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = from.readInt(); left > 0; left--) {
      classes.put(from.readUTF(), from.readNBytes(from.readInt()));
    }
    return classes;
  }

  private static List<PlannedTest> tests(DataInputStream from) throws IOException {
    List<PlannedTest> tests = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      tests.add(new PlannedTest(from.readUTF(), from.readUTF(), from.readUTF()));
    }
    return tests;
  }

  private static List<Gap> gaps(DataInputStream from) throws IOException {
    List<Gap> gaps = new ArrayList<>();
    for (int left = from.readInt(); left > 0; left--) {
      gaps.add(new Gap(from.readUTF(), Path.of(from.readUTF()), from.readUTF(), from.readInt()));
    }
    return gaps;
  }
}
