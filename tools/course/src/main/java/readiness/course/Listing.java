package readiness.course;

/**
 * A piece of a source to be shown: no tags in it, indented as far as its own structure needs.
 *
 * @param line where it begins in the source, from 1
 * @param code its lines, each ended by a line feed
 */
public record Listing(Place place, int line, String code) {}
