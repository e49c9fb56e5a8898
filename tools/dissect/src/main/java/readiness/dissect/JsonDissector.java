package readiness.dissect;

import java.util.function.IntPredicate;
import readiness.dissect.Part.Kind;
import readiness.serialization.ByteReader;
import readiness.serialization.JsonReader;
import readiness.serialization.JsonToken;

/**
 * JSON, token by token; what separates tokens is a part as well, with the white space around it.
 */
final class JsonDissector implements Dissector {
  /** Whole numbers up to here are doubles, all of them; so many digits are below it. */
  private static final int EXACT_DIGITS = 15;

  private final JsonReader json;
  private final Parts parts;

  JsonDissector(ByteReader in, Parts parts) {
    this.parts = parts;
    json = new JsonReader(in);
  }

  @Override
  public void dissect() {
    JsonToken token = json.next();
    while (token != JsonToken.END) {
      separator();
      token(token);
      token = json.next();
    }
    separator();
  }

  /** What stands between the last token and this one. */
  private void separator() {
    int from = parts.done();
    int to = json.position();
    if (from == to) {
      return;
    }
    int space = count(from, to, each -> each != ',' && each != ':');
    String sign = count(from, to, each -> each == ',') > 0 ? "comma" : "colon";
    String said =
        space == to - from ? white(space) : space == 0 ? sign : sign + " and " + white(space);
    parts.next(to, Kind.SPACE, said);
  }

  private static String white(int space) {
    return Text.bytes(space) + " of white space";
  }

  private int count(int from, int to, IntPredicate which) {
    int count = 0;
    for (int at = from; at < to; at++) {
      if (which.test(parts.bytes[at])) {
        count++;
      }
    }
    return count;
  }

  private void token(JsonToken token) {
    switch (token) {
      case BEGIN_OBJECT, BEGIN_ARRAY -> {
        next(Kind.FRAME, token + ":");
        parts.enter();
      }
      case END_OBJECT, END_ARRAY -> {
        parts.leave();
        next(Kind.FRAME, token.toString());
      }
      case NAME -> next(Kind.NAME, "name " + string());
      case STRING -> next(Kind.VALUE, string());
      case NUMBER -> next(Kind.VALUE, number(json.text()));
      case TRUE, FALSE, NULL -> next(Kind.VALUE, token.toString());
      case END -> throw new IllegalStateException("it is no part");
    }
  }

  private String string() {
    boolean escapes = count(json.position(), json.end(), each -> each == '\\') > 0;
    return Text.quote(json.text()) + (escapes ? ", with escapes" : "");
  }

  /** As it is written, and the double that most programs make of it where that is another one. */
  private static String number(String written) {
    String shown = Text.shortened(written);
    if (written.length() <= EXACT_DIGITS && written.chars().allMatch(Character::isDigit)) {
      return shown;
    }
    double value = Double.parseDouble(written);
    if (Double.isInfinite(value)) {
      return shown + ", beyond every double";
    }
    return Double.toString(value).equals(written) ? shown : shown + ", as a double " + value;
  }

  private void next(Kind kind, String text) {
    parts.next(json.end(), kind, text);
  }
}
