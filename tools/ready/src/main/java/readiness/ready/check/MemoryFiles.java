package readiness.ready.check;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Where the compiler reads sources from memory and leaves classes in memory. */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

  MemoryFiles(StandardJavaFileManager jars) {
    super(jars);
  }

  /** What was compiled, by binary name. */
  Map<String, byte[]> classes() {
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, content) -> bytes.put(name, content.toByteArray()));
    return bytes;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
    return new ClassFile(
        className, classes.computeIfAbsent(className, _ -> new ByteArrayOutputStream()));
  }

  /** The file manager for jars outlives one compilation: opening them is half of its cost. */
  @Override
  public void close() {}

  /** What the compiler calls the source. */
  static URI address(SourceText source) {
    return URI.create("memory:///" + source.name());
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
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
      this.content = content;
    }

    @Override
    public OutputStream openOutputStream() {
      return content;
    }
  }
}
