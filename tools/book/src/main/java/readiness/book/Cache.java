package readiness.book;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What earlier builds have made, by name, each with the key that it was made under: a digest of all
 * that went into it. What cannot be read is as good as never made.
 */
final class Cache {
  private final @Nullable Path folder;

  /** The files of this build; the others are of texts that are gone. */
  private final Set<Path> used = new HashSet<>();

  private Cache(@Nullable Path folder) {
    this.folder = folder;
  }

  static Cache in(Path folder) {
    return new Cache(folder);
  }

  /** Keeps nothing. */
  static Cache none() {
    return new Cache(null);
  }

  /** What was made under this name and key; null if there is nothing, or it has another key. */
  <T extends Serializable> @Nullable T get(String name, String key, Class<T> type) {
    Path file = file(name);
    if (file == null || !Files.isRegularFile(file)) return null;
    try (ObjectInputStream in =
        new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return in.readUTF().equals(key) ? type.cast(in.readObject()) : null;
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      return null;
    }
  }

  void put(String name, String key, Serializable made) throws IOException {
    Path file = file(name);
    if (file == null) return;
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(file.getParent(), "fresh", "");
    try (ObjectOutputStream out =
        new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
      out.writeUTF(key);
      out.writeObject(made);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what this build has not asked for. */
  void sweep() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (!used.contains(file)) Files.deleteIfExists(file);
      }
    }
  }

  private @Nullable Path file(String name) {
    if (folder == null) return null;
    Path file = folder.resolve(Inputs.digest(name).substring(0, 32));
    used.add(file);
    return file;
  }
}
