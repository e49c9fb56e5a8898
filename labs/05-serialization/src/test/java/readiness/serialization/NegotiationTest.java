package readiness.serialization;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** What a client gets, by what it says that it accepts. */
@Step("negotiation")
@Tag("negotiation")
final class NegotiationTest {
  private static final MediaType JSON = MediaType.JSON;
  private static final MediaType PROTOBUF = MediaType.PROTOBUF;
  private static final MediaType COMPACT = MediaType.THRIFT_COMPACT;
  private static final List<MediaType> OFFERS =
      List.of(JSON, PROTOBUF, MediaType.THRIFT_BINARY, COMPACT);

  /** Objects for each element, in bytes; the shortest elements have a handful of characters. */
  private static final int MOST_FOR_A_CHARACTER = 400;

  private final Story story = new Story();

  /** Holds the choice among {@code offers} against what it should be; null for none. */
  private void chosen(
      @Nullable String accept, List<MediaType> offers, @Nullable MediaType wanted, String why) {
    Story story = new Story();
    story.then("there are %s", offers);
    story.then(accept == null ? "no Accept" : "Accept: " + accept);
    MediaType choice;
    try {
      choice = Negotiation.choose(accept, offers);
    } catch (RuntimeException e) {
      throw story.finding("%s: %s".formatted(name(wanted), why), e);
    }
    story.expect(
        Objects.equals(choice, wanted), "%s: %s".formatted(name(wanted), why), name(choice));
  }

  private static String name(@Nullable MediaType type) {
    return type == null ? "none of them" : type.toString();
  }

  private static MediaType type(String type, String subtype) {
    return new MediaType(type, subtype);
  }

  @Test
  @DisplayName("the examples of RFC 9110")
  void examples() {
    MediaType basic = type("audio", "basic");
    MediaType mp3 = type("audio", "mp3");
    String audio = "audio/*; q=0.2, audio/basic";
    chosen(audio, List.of(mp3, basic), basic, "it has weight 1, any other audio 0.2");
    chosen(audio, List.of(mp3), mp3, "audio it is, if with 0.2 only");
    chosen(audio, List.of(JSON), null, "nothing but audio is wanted");
    MediaType dvi = type("text", "x-dvi");
    MediaType c = type("text", "x-c");
    MediaType html = type("text", "html");
    MediaType plain = type("text", "plain");
    String text = "text/plain; q=0.5, text/html,\t text/x-dvi; q=0.8, text/x-c";
    chosen(text, List.of(plain, dvi, html), html, "it has weight 1");
    chosen(text, List.of(plain, dvi), dvi, "0.8 is more than 0.5");
    chosen(text, List.of(c, html), c, "both have 1, and the server would rather send this");
    String precedence =
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed,"
            + " text/plain;format=fixed;q=0.4, */*;q=0.5";
    chosen(precedence, List.of(html, plain), plain, "0.7 of its own, where text/html has 0.3");
    chosen(precedence, List.of(html, type("image", "jpeg")), type("image", "jpeg"), "0.5 to 0.3");
  }

  @Test
  @DisplayName("the largest weight, wherever it stands")
  void largestWeight() {
    chosen(
        "application/json;q=0.1, application/protobuf;q=0.9",
        OFFERS,
        PROTOBUF,
        "0.9 is more than 0.1, whichever comes first");
    chosen(
        "application/protobuf;q=0.25, application/json;q=0.3",
        OFFERS,
        JSON,
        "0.3 is more than 0.25");
    chosen("application/protobuf;q=0.009, application/json;q=0.01", OFFERS, JSON, "0.01 is more");
    chosen("application/protobuf;q=1.000, application/json;q=0.999", OFFERS, PROTOBUF, "1 is more");
    chosen("application/json;q=0.5, application/protobuf", OFFERS, PROTOBUF, "no weight means 1");
  }

  @Test
  @DisplayName("a weight of 0 means: not this, whatever a wider range says")
  void notThis() {
    chosen("application/json;q=0, */*", OFFERS, PROTOBUF, "anything but JSON");
    chosen("*/*, application/json;q=0.000", OFFERS, PROTOBUF, "anything but JSON");
    chosen("application/*;q=0, */*", OFFERS, null, "nothing of application");
    chosen("*/*;q=0", OFFERS, null, "nothing at all");
    chosen("application/json;q=0", OFFERS, null, "JSON not, and of the others nothing is said");
  }

  @Test
  @DisplayName("the closest range counts for an offer, though a wider one weighs more")
  void closest() {
    chosen(
        "application/*;q=0.5, application/json;q=0.2, */*;q=0.1",
        List.of(type("text", "plain"), JSON, PROTOBUF),
        PROTOBUF,
        "JSON has 0.2 of its own, application/* gives 0.5 to the rest");
    chosen("*/*;q=0.9, application/*;q=0.1", List.of(JSON, type("a", "b")), type("a", "b"), "0.9");
    chosen(
        "application/protobuf, */*",
        OFFERS,
        PROTOBUF,
        "both have 1, but this was named, and JSON only meant with all others");
    chosen("*/*", OFFERS, JSON, "all are meant alike, and this is preferred");
    chosen("application/*", OFFERS, JSON, "all are meant alike, and this is preferred");
    chosen(
        "application/json;q=0.1, application/json;q=0.8, application/protobuf;q=0.5",
        OFFERS,
        JSON,
        "named twice, the larger weight counts");
  }

  @Test
  @DisplayName("a name is a name: whole, and of whatever case")
  void names() {
    chosen("application/jsonx, application/protobuf;q=0.1", OFFERS, PROTOBUF, "jsonx is not json");
    chosen("application/json-patch", OFFERS, null, "json-patch is not json");
    chosen("text/json", OFFERS, null, "text is not application");
    chosen(
        "APPLICATION/JSON;Q=0.5, Application/Protobuf", OFFERS, PROTOBUF, "case does not matter");
    chosen("application/vnd.apache.thrift.compact", OFFERS, COMPACT, "it is named");
    chosen("application/vnd*", OFFERS, null, "a star stands for all, or for itself");
  }

  @Test
  @DisplayName("a parameter asks for a variant, and there is none, but for UTF-8")
  void parameters() {
    chosen("application/json;version=2", OFFERS, null, "there is no version 2");
    chosen("application/json;version=2;q=1, */*;q=0.1", OFFERS, JSON, "by the wider range");
    chosen("application/json; charset=utf-8", OFFERS, JSON, "that is what JSON is in");
    chosen("application/json;charset=\"UTF-8\"", OFFERS, JSON, "in quotes it is the same");
    chosen("application/json;charset=latin1", OFFERS, null, "no such variant");
    chosen(
        "text/x;a=\"b,application/json,c\", application/protobuf;q=0.1",
        OFFERS,
        PROTOBUF,
        "what stands in quotes is a value, and no range");
    chosen(
        "text/x;a=\"b\\\",application/json,c\", application/protobuf;q=0.1",
        OFFERS,
        PROTOBUF,
        "a quote behind a backslash does not end them");
  }

  @Test
  @DisplayName("a semicolon with nothing behind it is by the grammar (RFC 9110, section 5.6.6)")
  void emptyParameters() {
    for (String range :
        List.of(
            "application/json;",
            "application/json ; ;",
            "application/json;;q=0.5",
            "application/json;q=0.5;",
            "application/json; ;charset=utf-8;;")) {
      chosen(
          range + ", application/protobuf;q=0.1",
          OFFERS,
          JSON,
          "JSON is named, and what is empty between the semicolons says nothing");
    }
    MediaType found = Negotiation.formatOf("application/json;; charset=utf-8;", OFFERS);
    story.then("Content-Type: application/json;; charset=utf-8;");
    story.expect(JSON.equals(found), name(JSON), name(found));
  }

  @Test
  @DisplayName("who says nothing gets what is preferred; what is no range is passed over")
  void saysNothing() {
    chosen(null, OFFERS, JSON, "nothing is said");
    chosen("", OFFERS, JSON, "nothing is said");
    chosen(" , ,\t,", OFFERS, JSON, "empty elements say nothing");
    chosen(",application/protobuf,,", OFFERS, PROTOBUF, "empty elements do not matter");
    for (String broken :
        List.of(
            "json",
            "/",
            "/json",
            "application/",
            "application//json",
            "application/json/x",
            "*/json",
            "application /json",
            "application/json;q",
            "application/json;q=",
            "application/json;q=x",
            "application/json;q=.",
            "application/json;q=1.001",
            "application/json;q=2",
            "application/json;q=-1",
            "application/json;q=0.5555",
            "application/json;q=+0.5",
            "application/json;q=1e0",
            "application/json;q=٠",
            "application/json;=1",
            "application/json;version=",
            "application/json;charset=",
            "application/json;version=a b",
            "application/json;version=\"a\"b",
            "appli cation/json")) {
      chosen(broken + ", application/protobuf;q=0.1", OFFERS, PROTOBUF, "the first is no range");
      chosen(broken + ", */*;q=0.1", OFFERS, JSON, "the first is no range, so it refuses nothing");
    }
    chosen("application/json;q=0,5, */*", OFFERS, PROTOBUF, "a comma separates, so JSON has 0");
    chosen("nonsense", OFFERS, JSON, "no element is a range, so nothing is said");
    chosen("text/plain;version=", OFFERS, JSON, "a parameter without a value: no range either");
    chosen("text/plain;a=\"b", OFFERS, JSON, "a quotation that never ends: no range either");
    chosen("text/plain;a=\"b\\\"", OFFERS, JSON, "it ends with a quote that means nothing");
    chosen("text/plain;a=\"b\\\\\"", OFFERS, null, "it ends behind a backslash that means itself");
  }

  @Test
  @DisplayName("what real clients send")
  void realClients() {
    chosen("*/*", OFFERS, JSON, "curl, and HttpURLConnection of a JDK 25");
    String old = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
    chosen(
        old, OFFERS, JSON, "HttpURLConnection of a JDK 8, whose star and weight are no grammar's");
    chosen(
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
        OFFERS,
        JSON,
        "a browser");
    chosen("application/json, text/plain, */*", OFFERS, JSON, "axios");
  }

  @Test
  @DisplayName("whatever comes, one of the offers or none")
  void hostile() {
    String alphabet = "application/json*;q=0.19,\"\\ \t\u00e4";
    Seeds.each(
        2_000,
        seed -> {
          Random random = new Random(seed);
          StringBuilder accept = new StringBuilder();
          for (int i = random.nextInt(60); i > 0; i--) {
            accept.append(
                random.nextInt(4) == 0
                    ? "application/json;q=0.5,"
                    : "" + alphabet.charAt(random.nextInt(alphabet.length())));
          }
          Story each = new Story().then("Accept: %s", accept);
          String before = "application/protobuf;q=0.001," + accept;
          try {
            MediaType choice = Negotiation.choose(accept.toString(), OFFERS);
            each.expect(
                choice == null || OFFERS.contains(choice), "an offer, or none", "" + choice);
            each.then("Accept: %s", before);
            each.expect(
                Negotiation.choose(before, OFFERS) != null,
                "an offer: one is wanted, whatever comes behind it",
                "none");
            Negotiation.formatOf(accept.toString(), OFFERS);
          } catch (RuntimeException e) {
            throw each.finding("an offer, or none", e);
          }
        });
  }

  @Test
  @DisplayName("a long field takes memory for itself, and not for what is left of it at each comma")
  void memory() {
    String accept = "a/b;c=d,".repeat(10_000) + "application/protobuf";
    chosen(accept, OFFERS, PROTOBUF, "it is the last of 10,001 ranges, and the only one that fits");
    long allowed = (long) MOST_FOR_A_CHARACTER * accept.length();
    long taken = Allocations.perRun(1, 1, allowed, () -> Negotiation.choose(accept, OFFERS));
    story.then("a field of 10,001 ranges, %,d characters long", accept.length());
    story.expect(
        taken <= allowed,
        "at most %d bytes of memory for each of its characters".formatted(MOST_FOR_A_CHARACTER),
        "%,d".formatted(taken / accept.length()));
  }

  @Test
  @DisplayName("the format of a body, by its Content-Type")
  void formatOf() {
    for (List<String> each :
        List.of(
            List.of("application/json", "application/json"),
            List.of("Application/JSON", "application/json"),
            List.of("application/json; charset=utf-8", "application/json"),
            List.of("application/json;charset=\"UTF-8\"", "application/json"),
            List.of("application/json;version=1", "application/json"),
            List.of("application/protobuf", "application/protobuf"),
            List.of("application/json; charset=iso-8859-1", "none of them"),
            List.of("application/jsonx", "none of them"),
            List.of("application/*", "none of them"),
            List.of("*/*", "none of them"),
            List.of("application/json, application/protobuf", "none of them"),
            List.of("json", "none of them"),
            List.of("", "none of them"))) {
      String found = name(Negotiation.formatOf(each.get(0), OFFERS));
      story.then("Content-Type: %s → %s", each.get(0), found);
      story.expect(found.equals(each.get(1)), each.get(1), found);
    }
    story.then("no Content-Type");
    story.expect(Negotiation.formatOf(null, OFFERS) == null, "none of them: nobody guesses", "one");
  }
}
