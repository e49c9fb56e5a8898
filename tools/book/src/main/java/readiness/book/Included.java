package readiness.book;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asciidoctor.ast.Document;
import org.asciidoctor.extension.IncludeProcessor;
import org.asciidoctor.extension.PreprocessorReader;

/**
 * Notes what a text includes, and leaves the including to AsciiDoc.
 *
 * <p>It is told what stands in the line and not in which file the line stands, and a name counts
 * from there. So it notes the file of that name in every folder that something was included from.
 */
final class Included extends IncludeProcessor {
  private final List<Path> folders = new ArrayList<>();
  private final Inputs inputs;

  Included(Path file, Inputs inputs) {
    this.inputs = inputs;
    folders.add(file.getParent());
  }

  @Override
  public boolean handles(String target) {
    for (Path folder : List.copyOf(folders)) {
      Path file = folder.resolve(target).normalize();
      inputs.file(file);
      if (Files.isRegularFile(file) && !folders.contains(file.getParent())) {
        folders.add(file.getParent());
      }
    }
    return false;
  }

  @Override
  public void process(
      Document document, PreprocessorReader reader, String target, Map<String, Object> attributes) {
    throw new IllegalStateException("handles nothing");
  }
}
