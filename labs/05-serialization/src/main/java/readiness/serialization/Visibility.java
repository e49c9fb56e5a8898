package readiness.serialization;

/**
 * Who may see a profile. It is an <em>open</em> enum, as all those of proto3: somebody with a newer
 * schema may send a number that has no name here, and it is kept. A Java {@code enum} has no place
 * for that.
 *
 * @param number as it is sent, any number
 */
public record Visibility(int number) {
  /** The default, as the first of an enum is: it is not sent. */
  public static final Visibility EVERYBODY = new Visibility(0);

  /** Only who is followed. */
  public static final Visibility FRIENDS = new Visibility(1);

  /** Only the owner. */
  public static final Visibility NOBODY = new Visibility(2);

  /** That number's visibility, without a new object for those that have a name. */
  public static Visibility of(int number) {
    return switch (number) {
      case 0 -> EVERYBODY;
      case 1 -> FRIENDS;
      case 2 -> NOBODY;
      default -> new Visibility(number);
    };
  }

  /** Its name, or its number if it has none. */
  @Override
  public String toString() {
    return switch (number) {
      case 0 -> "EVERYBODY";
      case 1 -> "FRIENDS";
      case 2 -> "NOBODY";
      default -> Integer.toString(number);
    };
  }
}
