package readiness.ready.check;

import java.nio.file.Path;

/**
 * A place in the chapter's code or tests.
 *
 * @param file its source
 * @param line counted from 1; 0 if unknown
 * @param type the class's simple name
 * @param method the method's name
 * @param test whether it is a test's code
 */
public record Frame(Path file, int line, String type, String method, boolean test) {}
