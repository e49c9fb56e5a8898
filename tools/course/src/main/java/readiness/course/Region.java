package readiness.course;

/**
 * What a reader is to write: a tagged piece of the solution, a whole method body or whole members.
 *
 * @param step the id of the step that writes it
 * @param listing the solution, without tags and stand-in
 * @param standIn what the starter has in its place; empty where it has what its shape gives by
 *     itself: {@code throw new NotYet} in a body, nothing among members
 * @param opens the line of its opening tag in the source, from 1
 * @param closes the line of its closing tag
 */
public record Region(String step, Listing listing, StandIn standIn, int opens, int closes) {
  /** What the starter has in a region's place. */
  public sealed interface StandIn {}

  /** A body that says it is not written yet. */
  public record Throws() implements StandIn {}

  /** Members that are not there yet. */
  public record Nothing() implements StandIn {}

  /**
   * What the lines behind {@code // >} say.
   *
   * @param code its lines, each ended by a line feed
   */
  public record Given(String code) implements StandIn {}
}
