package readiness.experiment;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What an experiment is run with.
 *
 * @param size how much to do
 * @param root the workbook's folder, for what is counted in its sources
 * @param progress takes a few words on what is being done now
 */
public record Setting(Size size, Path root, Consumer<String> progress) {
  /** Tells what is being done now. */
  public void at(String what) {
    progress.accept(what);
  }
}
