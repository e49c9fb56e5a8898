package readiness.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole answer in memory, to be made on any thread and sent when it is its turn.
 *
 * <pre>{@code
 * Response.of(200).with("Content-Type", "text/plain").body("hello".getBytes(UTF_8))
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Response {
  /** One line of the head. */
  record Field(byte[] name, byte[] value) {}

  private static final byte[] NOTHING = {};

  private final int status;
  private final List<Field> fields;
  private final byte[] body;

  private Response(int status, List<Field> fields, byte[] body) {
    this.status = status;
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /**
   * An answer with no field of its own and no body.
   *
   * @param status from 200 to 599
   */
  public static Response of(int status) {
    Status.line(status); // refuses what is none
    return new Response(status, List.of(), NOTHING);
  }

  /** The status and its reason as plain text, so that a person sees more than an empty window. */
  public static Response page(int status) {
    return new Response(
        status,
        List.of(new Field(ascii("Content-Type"), Status.PAGE_TYPE)),
        Status.pageBytes(status));
  }

  /**
   * The same with a field more. What {@link ResponseWriter#header} refuses is refused when the
   * answer is sent.
   *
   * @param value of characters below 256
   */
  public Response with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(ascii(name), value.getBytes(StandardCharsets.ISO_8859_1)));
    return new Response(status, more, body);
  }

  /**
   * The same with this body.
   *
   * @param body the answer's from now on: not to be changed
   */
  public Response body(byte[] body) {
    return new Response(status, fields, body);
  }

  /** Its status. */
  public int status() {
    return status;
  }

  List<Field> fields() {
    return fields;
  }

  byte[] body() {
    return body;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
