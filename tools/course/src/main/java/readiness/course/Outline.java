package readiness.course;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The classes and methods of one source and the characters that each covers, from the compiler's
 * own tree.
 */
final class Outline {
  private final String fileName;
  private final List<Body> bodies = new ArrayList<>();

  /**
   * A class, method or initializer.
   *
   * @param from the first character of its declaration, after its Javadoc
   * @param inside the first character that can belong to its contents
   * @param to one past its last character
   * @param isClass whether its parts are members; statements otherwise
   * @param parts what it consists of, in order
   */
  record Body(Place place, int from, int inside, int to, boolean isClass, List<Part> parts) {
    boolean holds(int start, int end) {
      return inside <= start && end < to;
    }
  }

  /** A member or a statement. */
  record Part(int from, int to) {
    boolean within(int start, int end) {
      return start <= from && to <= end;
    }

    boolean apart(int start, int end) {
      return to <= start || end <= from;
    }
  }

  /**
   * Parses a source.
   *
   * @throws Malformed at the first syntax error
   */
  static Outline of(Path file, String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("no compiler here: this needs a JDK, not a JRE");
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, problems, List.of("-proc:none"), null, List.of(inMemory(text)));
    try {
      CompilationUnitTree unit = task.parse().iterator().next();
      for (Diagnostic<? extends JavaFileObject> each : problems.getDiagnostics()) {
        if (each.getKind() == Diagnostic.Kind.ERROR) {
          throw new Malformed(
              file, (int) each.getLineNumber(), "is not Java: " + each.getMessage(Locale.ROOT));
        }
      }
      Outline outline = new Outline(file.getFileName().toString());
      outline.new Scan(Trees.instance(task).getSourcePositions(), unit, text).scan(unit, null);
      return outline;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse " + file, e);
    }
  }

  private Outline(String fileName) {
    this.fileName = fileName;
  }

  /** The innermost class, method or initializer round these characters; null outside of any. */
  @Nullable Body around(int start, int end) {
    // Outer ones come before inner ones.
    return bodies.reversed().stream()
        .filter(body -> body.holds(start, end))
        .findFirst()
        .orElse(null);
  }

  /** The methods of this name. */
  List<Body> methods(String name) {
    return bodies.stream()
        .filter(body -> body.place.kind() == Place.Kind.METHOD)
        .filter(body -> body.place.name().equals(name))
        .toList();
  }

  private static JavaFileObject inMemory(String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private final class Scan extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final String text;

    Scan(SourcePositions positions, CompilationUnitTree unit, String text) {
      this.positions = positions;
      this.unit = unit;
      this.text = text;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      Place.Kind kind =
          switch (tree.getKind()) {
            case RECORD -> Place.Kind.RECORD;
            case INTERFACE, ANNOTATION_TYPE -> Place.Kind.INTERFACE;
            case ENUM -> Place.Kind.ENUM;
            default -> Place.Kind.CLASS;
          };
      add(kind, className(getCurrentPath()), tree, from(tree), true, tree.getMembers());
      return super.visitClass(tree, unused);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      BlockTree body = tree.getBody();
      if (body != null) {
        boolean constructor = tree.getName().contentEquals("<init>");
        TreePath parent = getCurrentPath().getParentPath();
        String owner = className(parent);
        boolean nested = parent.getParentPath().getLeaf() != unit;
        String name = (nested ? owner + "." : "") + tree.getName();
        add(
            constructor ? Place.Kind.CONSTRUCTOR : Place.Kind.METHOD,
            constructor ? owner : name,
            tree,
            from(body) + 1,
            false,
            body.getStatements());
      }
      return super.visitMethod(tree, unused);
    }

    @Override
    public @Nullable Void visitBlock(BlockTree tree, @Nullable Void unused) {
      TreePath parent = getCurrentPath().getParentPath();
      if (parent.getLeaf() instanceof ClassTree) {
        add(
            Place.Kind.INITIALIZER,
            className(parent),
            tree,
            text.indexOf('{', from(tree)) + 1,
            false,
            tree.getStatements());
      }
      return super.visitBlock(tree, unused);
    }

    private void add(
        Place.Kind kind,
        String name,
        Tree tree,
        int inside,
        boolean isClass,
        List<? extends Tree> parts) {
      bodies.add(
          new Body(
              new Place(fileName, kind, name),
              from(tree),
              inside,
              to(tree),
              isClass,
              parts.stream().map(part -> new Part(from(part), to(part))).toList()));
    }

    /** The class's name; of an anonymous one, that of the class round it. */
    private static String className(TreePath path) {
      String name = ((ClassTree) path.getLeaf()).getSimpleName().toString();
      TreePath outer = path.getParentPath();
      while (name.isEmpty() && outer != null) {
        if (outer.getLeaf() instanceof ClassTree named) {
          name = named.getSimpleName().toString();
        }
        outer = outer.getParentPath();
      }
      return name;
    }

    private int from(Tree tree) {
      return (int) positions.getStartPosition(unit, tree);
    }

    private int to(Tree tree) {
      return (int) positions.getEndPosition(unit, tree);
    }
  }
}
