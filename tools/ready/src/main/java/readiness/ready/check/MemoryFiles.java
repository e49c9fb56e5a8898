package readiness.ready.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/** Where the compiler reads sources and classes from memory and leaves classes in memory. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<URI, Map<String, ByteArrayOutputStream>> classes = new HashMap<>();
  private final Map<String, List<KnownClass>> known = new HashMap<>();

  /**
   * @param known classes that come before those on the class path, by binary name
   */
  MemoryFiles(StandardJavaFileManager jars, Map<String, byte[]> known) {
    super(jars);
    known.forEach((name, bytes) ->
        this.known
            .computeIfAbsent(packageOf(name), _ -> new ArrayList<>())
            .add(new KnownClass(name, bytes)));
  }

  private static String packageOf(String binaryName) {
    return binaryName.substring(0, Math.max(0, binaryName.lastIndexOf('.')));
  }

  /** What was compiled of the source at that address, by binary name. */
  Map<String, byte[]> classesOf(URI source) {
    Map<String, byte[]> bytes = new HashMap<>();
    classes
        .getOrDefault(source, Map.of())
        .forEach((name, content) -> bytes.put(name, content.toByteArray()));
    return bytes;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    Iterable<JavaFileObject> there = super.list(location, packageName, kinds, recurse);
    List<KnownClass> ours = known.get(packageName);
    if (ours == null
        || location != StandardLocation.CLASS_PATH
        || !kinds.contains(JavaFileObject.Kind.CLASS)) {
      return there;
    }
    Map<String, JavaFileObject> files = new HashMap<>();
    there.forEach(file -> files.put(inferBinaryName(location, file), file));
    ours.forEach(file -> files.put(file.binaryName, file));
    return files.values();
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof KnownClass ours
        ? ours.binaryName
        : super.inferBinaryName(location, file);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    return new ClassFile(
        className,
        classes
            .computeIfAbsent(sibling.toUri(), _ -> new HashMap<>())
            .computeIfAbsent(className, _ -> new ByteArrayOutputStream()));
  }

  /** The file manager for jars outlives one compilation: opening them is half of its cost. */
  @Override
  public void close() {}

  /** What the compiler calls the source. */
  static URI address(SourceText source) {
    return URI.create("memory:///" + source.name());
  }

  private static URI address(String className) {
    return URI.create("memory:///" + className.replace('.', '/') + ".class");
  }

  /** A source as the compiler sees it. */
  static final class SourceFile extends SimpleJavaFileObject {
    private final SourceText source;

    SourceFile(SourceText source) {
      super(address(source), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }
  }

  private static final class ClassFile extends SimpleJavaFileObject {
    private final ByteArrayOutputStream content;

    ClassFile(String name, ByteArrayOutputStream content) {
      super(address(name), Kind.CLASS);
      this.content = content;
    }

    @Override
    public OutputStream openOutputStream() {
      return content;
    }
  }

  private static final class KnownClass extends SimpleJavaFileObject {
    private final String binaryName;
    private final byte[] content;

    KnownClass(String binaryName, byte[] content) {
      super(address(binaryName), Kind.CLASS);
      this.binaryName = binaryName;
      this.content = content;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(content);
    }
  }
}
