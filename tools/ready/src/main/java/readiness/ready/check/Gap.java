package readiness.ready.check;

import java.nio.file.Path;

/**
 * A place that is still to be written: a {@code throw new NotYet("<step>")}.
 *
 * @param step the step that fills it
 * @param file the source
 * @param method the method, without parameters
 * @param line counted from 1
 */
public record Gap(String step, Path file, String method, int line) {}
