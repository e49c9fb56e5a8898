package readiness.book;

import java.io.Serializable;

/**
 * A line of a source.
 *
 * @param file relative to the root of the repository, with {@code /}
 * @param line counted from 1; 0 where a file as a whole is meant
 */
record Place(String file, int line) implements Serializable {}
