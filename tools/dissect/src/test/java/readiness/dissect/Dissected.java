package readiness.dissect;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What becomes of a message.
 *
 * @param valid whether all of it is
 * @param parts in order
 * @param lines as they are printed
 */
record Dissected(boolean valid, List<Part> parts, List<String> lines) {
  static Dissected of(Format format, byte[] bytes) {
    List<Part> parts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Listing listing = new Listing(bytes, lines::add);
    boolean valid =
        format.dissect(
            bytes,
            part -> {
              parts.add(part);
              listing.accept(part);
            });
    return new Dissected(valid, parts, lines);
  }

  /** Of bytes in hexadecimal; spaces do not count. */
  static Dissected of(Format format, String hex) {
    return of(format, HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }

  /** All lines. */
  String listing() {
    return String.join("\n", lines) + "\n";
  }

  /** What the parts say, without their bytes. */
  List<String> texts() {
    return parts.stream().map(Part::text).toList();
  }
}
