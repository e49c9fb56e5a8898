package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
  private static final String PIPE =
      """
      package sample;

      /** Carries bytes. */
      final class Pipe {
        /** Sends what fits. */
        int send(byte[] data) {
          // tag::send[]
          int sent = Math.min(data.length, 7);
          return sent;
          // end::send[]
        }

        // tag::rest[]
        private int rest;

        /** What waits. */
        int rest() {
          return rest;
        }

        // end::rest[]

        void flush() {
          // tag::flush[]
          // > if (rest() > 0) {
          // >   rest = 0; // and hope
          // > }
          while (rest() > 0) {
            rest--;
          }
          // end::flush[]
        }
      }
      """;

  @Test
  void aRegionKnowsItsPlaceAndItsCode() {
    Source source = source(PIPE);

    assertThat(source.regions()).extracting(Region::step).containsExactly("send", "rest", "flush");
    Region send = source.regions().getFirst();
    assertThat(send.listing().place().caption()).isEqualTo("Pipe.java, in `send`");
    assertThat(send.listing().line()).isEqualTo(8);
    assertThat(send.listing().code())
        .isEqualTo("int sent = Math.min(data.length, 7);\nreturn sent;\n");
    assertThat(send.standIn()).isInstanceOf(Region.Throws.class);

    Region rest = source.regions("rest").getFirst();
    assertThat(rest.listing().place().caption()).isEqualTo("Pipe.java, in class `Pipe`");
    assertThat(rest.standIn()).isInstanceOf(Region.Nothing.class);

    Region flush = source.regions("flush").getFirst();
    assertThat(flush.listing().line()).isEqualTo(28);
    assertThat(flush.listing().code()).isEqualTo("while (rest() > 0) {\n  rest--;\n}\n");
    assertThat(flush.standIn())
        .isEqualTo(new Region.Given("if (rest() > 0) {\n  rest = 0; // and hope\n}\n"));
  }

  @Test
  void theSpaceInAStandInsMarkMayBeLeftOut() {
    assertThat(source(PIPE.replace("// >", "//>")).regions()).isEqualTo(source(PIPE).regions());
  }

  @Test
  void theCompleteSourceHasNeitherTagsNorStandIns() {
    assertThat(source(PIPE).complete())
        .doesNotContain("tag::", "end::", "// >", "and hope")
        .contains("    return sent;\n  }\n", "private int rest;", "rest--;");
  }

  @Test
  void aCutRegionGivesWayToWhatStandsInForIt() {
    assertThat(source(PIPE).without(step -> !step.equals("rest")))
        .isEqualTo(
            """
            package sample;

            /** Carries bytes. */
            final class Pipe {
              /** Sends what fits. */
              int send(byte[] data) {
            throw new NotYet("send");
              }

              private int rest;

              /** What waits. */
              int rest() {
                return rest;
              }


              void flush() {
                if (rest() > 0) {
                  rest = 0; // and hope
                }
              }
            }
            """);
    assertThat(source(PIPE).without(step -> step.equals("rest")))
        .doesNotContain("private int rest");
  }

  @Test
  void placesAreToldApart() {
    Source source =
        source(
            """
            record Pair(int a, int b) {
              // tag::rest[]
              int sum() {
                return a + b;
              }

              // end::rest[]

              Pair {
                // tag::send[]
                if (a < 0) throw new IllegalArgumentException();
                // end::send[]
              }

              interface Both {
                default int twice() {
                  // tag::flush[]
                  return 2;
                  // end::flush[]
                }
              }
            }
            """);

    assertThat(source.regions())
        .extracting(region -> region.listing().place().caption())
        .containsExactly(
            "Pipe.java, in record `Pair`",
            "Pipe.java, in the constructor of `Pair`",
            "Pipe.java, in `Both.twice`");
    assertThat(source.regions("send").getFirst().listing().place())
        .hasToString("Pipe.java, in the constructor of Pair");
  }

  @Test
  void aMethodIsShownWithoutTheTagsInIt() {
    Listing flush = source(PIPE).method("flush");

    assertThat(flush.code())
        .isEqualTo("void flush() {\n  while (rest() > 0) {\n    rest--;\n  }\n}\n");
    assertThat(flush.line()).isEqualTo(23);
    assertThatThrownBy(() -> source(PIPE).method("flash"))
        .hasMessageContaining("Pipe.java: has no method 'flash'");
    assertThatThrownBy(() -> source(PIPE.replace("int rest()", "int send()")).method("send"))
        .hasMessageContaining("more than one method 'send'");
  }

  @Test
  void tagsMustPair() {
    refused(
        PIPE.replace("    // end::send[]\n", ""),
        12,
        "tag::rest[] opens within tag::send[] of line 7");
    refused(PIPE.replace("    // end::flush[]\n", ""), 24, "tag::flush[] is never closed");
    refused(PIPE.replace("    // tag::flush[]\n", ""), 24, "'// >' lines stand at the beginning");
    refused(PIPE.replace("    // tag::send[]\n", ""), 9, "end::send[] closes what nothing opened");
    refused(
        PIPE.replace("// end::rest[]", "// end::send[]"),
        21,
        "end::send[] stands where tag::rest[] is open");
  }

  @Test
  void tagsMustNameAStep() {
    refused(
        PIPE.replace("::rest[]", "::rset[]"),
        13,
        "tag::rset[]: no such step in this chapter; it has flush, rest, send");
  }

  @Test
  void whatIsNearlyATagIsNotPassedOver() {
    refused(PIPE.replace("// tag::send[]", "//tag::send[]"), 7, "a tag is written");
    refused(PIPE.replace("// tag::send[]", "// tag::send[] here"), 7, "a tag is written");
    refused(PIPE.replace("// tag::send[]", "// tag: send"), 7, "a tag is written");
  }

  @Test
  void standInsBelongToTheBeginning() {
    refused(
        PIPE.replace("    return sent;\n", "    // > return 0;\n    return sent;\n"),
        9,
        "'// >' lines stand at the beginning of a region only");
    refused(PIPE.replace("  void flush", "  // > int x;\n  void flush"), 23, "'// >' lines stand");
  }

  @Test
  void aRegionIsAWholeBodyOrWholeMembers() {
    refused(
        PIPE.replace("    // tag::send[]\n", "")
            .replace("    return sent;", "    // tag::send[]\n    return sent;"),
        8,
        "neither a whole method body nor whole members: line 7 is in send too");
    refused(
        PIPE.replace("    // tag::flush[]\n", "")
            .replaceAll(" *// >.*\n", "")
            .replace("      rest--;", "      // tag::flush[]\n      rest--;"),
        25,
        "the region of flush holds no whole");
    refused(
        PIPE.replace("  // end::rest[]\n", "")
            .replace("    return rest;\n", "    return rest;\n  // end::rest[]\n"),
        13,
        "neither a whole method body nor whole members: line 17 is cut in two");
    refused("// tag::send[]\nclass A {}\n// end::send[]\n", 1, "stands outside of any class");
    refused("class A {\n  // tag::send[]\n  // end::send[]\n}\n", 2, "holds no whole member");
  }

  @Test
  void javadocStaysWithItsMember() {
    refused(
        PIPE.replace(
            "  // tag::rest[]\n  private int rest;\n\n  /** What waits. */\n",
            "  private int rest;\n\n  /** What waits. */\n  // tag::rest[]\n"),
        16,
        "begins between a comment and its member");
    refused(
        PIPE.replace(
            "  // end::rest[]\n\n  void flush",
            "  /** Flushes. */\n  // end::rest[]\n  void flush"),
        22,
        "ends between a comment and its member");
  }

  @Test
  void aTagInAStringIsNoTag() {
    String oneLine = PIPE.replace("return sent;", "String s = \"// tag::flush[]\"; return sent;");
    assertThat(source(oneLine).regions()).hasSize(3);

    // A line of its own inside of a text block cannot be told from a tag by eye: refused.
    refused(
        "class A {\n"
            + "  String s =\n"
            + "      \"\"\"\n"
            + "      // tag::send[]\n"
            + "      // end::send[]\n"
            + "      \"\"\";\n"
            + "}\n",
        4,
        "holds no whole member");
  }

  @Test
  void lineEndsAndTabsDoNotMatter() {
    Source plain = source(PIPE);
    assertThat(source(PIPE.replace("\n", "\r\n")).regions()).isEqualTo(plain.regions());
    assertThat(source(PIPE.replace("  ", "\t")).regions())
        .extracting(region -> region.listing().place())
        .isEqualTo(plain.regions().stream().map(region -> region.listing().place()).toList());
  }

  @Test
  void whatIsNotJavaIsSaidToBe() {
    refused(PIPE.replace("return sent;", "return sent"), 9, "is not Java");
  }

  @Test
  void aMissingFileAndBytesThatAreNotUtf8AreNamed(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Source.read(folder, "a/B.java", Set.of()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("B.java: is missing");
    Files.write(folder.resolve("C.java"), new byte[] {'/', '/', (byte) 0xc3, '\n'});
    assertThatThrownBy(() -> Source.read(folder, "C.java", Set.of()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("C.java: is not UTF-8");
  }

  private static void refused(String text, int line, String complaint) {
    assertThatThrownBy(() -> source(text))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("Pipe.java:" + line + ": ")
        .hasMessageContaining(complaint);
  }

  private static Source source(String text) {
    return new Source(
        Path.of("sample/Pipe.java"), "sample/Pipe.java", text, Set.of("send", "rest", "flush"));
  }
}
