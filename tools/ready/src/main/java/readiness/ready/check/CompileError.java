package readiness.ready.check;

import java.nio.file.Path;

/**
 * What the compiler does not accept.
 *
 * @param file the source
 * @param line counted from 1
 * @param column counted from 1
 * @param message the compiler's words
 * @param source the line, without its end
 */
public record CompileError(Path file, long line, long column, String message, String source) {}
