package readiness.book;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.asciidoctor.ast.ContentModel;
import org.asciidoctor.ast.ContentNode;
import org.asciidoctor.ast.Cursor;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.BlockMacroProcessor;
import org.jspecify.annotations.Nullable;
import readiness.course.Malformed;

/** Tells AsciidoctorJ about an {@link Expansion}. */
final class BookMacro extends BlockMacroProcessor {
  private final Expansion expansion;
  private final Sources sources;
  private final Problems problems;

  BookMacro(String name, Expansion expansion, Sources sources, Problems problems) {
    // Raw: a caption may hold commas, which would end an attribute.
    super(name, new HashMap<>(Map.of(ContentModel.KEY, ContentModel.RAW)));
    this.expansion = expansion;
    this.sources = sources;
    this.problems = problems;
  }

  /** Adds to {@code parent} what the macro stands for, and has no block of its own. */
  @Override
  public @Nullable StructuralNode process(
      StructuralNode parent, String target, Map<String, Object> attributes) {
    String macro = getName() + "::" + target + "[";
    String text = attributes.getOrDefault("text", "").toString();
    Place place = sources.find(placeOf(parent), macro + text + "]", macro);
    try {
      parseContent(parent, expansion.lines(target, text, place));
    } catch (Expansion.Missing e) {
      problems.add(place, macro + "]: " + e.getMessage());
    } catch (Malformed e) {
      problems.add(place, macro + "]: " + sources.shortened(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      problems.add(place, macro + "]: cannot be read (" + e + ")");
    }
    return null;
  }

  /** Where the nearest block round the macro begins: the macro itself is not told its line. */
  private Place placeOf(StructuralNode parent) {
    for (ContentNode node = parent; node != null; node = node.getParent()) {
      if (node instanceof StructuralNode block && block.getSourceLocation() != null) {
        Cursor cursor = block.getSourceLocation();
        if (cursor.getFile() != null) return sources.place(cursor);
      }
    }
    return sources.master();
  }
}
