package readiness.course;

import java.nio.file.Path;

/**
 * A file of the course is not as it should be. The message begins with file and line, as compilers
 * write them, so that an editor can jump there.
 */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final int line;
  private final String what;

  /**
   * @param file the file at fault
   * @param line its line, from 1; 0 when the fault is the file's as a whole
   * @param what what is wrong, and where it is plain, how to mend it
   */
  public Malformed(Path file, int line, String what) {
    super(file + (line > 0 ? ":" + line : "") + ": " + what);
    this.file = file;
    this.line = line;
    this.what = what;
  }

  /** The file at fault. */
  public Path file() {
    return file;
  }

  /** Its line, from 1; 0 when the fault is the file's as a whole. */
  public int line() {
    return line;
  }

  /** What is wrong, without the place. */
  public String what() {
    return what;
  }
}
