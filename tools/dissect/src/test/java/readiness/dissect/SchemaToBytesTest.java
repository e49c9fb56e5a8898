package readiness.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import readiness.oracle.Protos;
import readiness.serialization.ByteWriter;
import readiness.serialization.Codec;
import readiness.serialization.Person;
import readiness.serialization.PersonJson;
import readiness.serialization.PersonProtobuf;
import readiness.serialization.PersonThrift;
import readiness.serialization.ThriftProtocol;

/** What the section "From schema to bytes" says is so. */
class SchemaToBytesTest {
  private static final Path ROOT = Path.of("../..");

  private static String section() throws IOException {
    return Files.readString(
        ROOT.resolve("chapters").resolve(Figures.CHAPTER).resolve("schema-to-bytes.adoc"));
  }

  private static byte[] ada(Codec<Person> codec) {
    ByteWriter out = new ByteWriter();
    codec.write(Figures.ADA, out);
    return out.toByteArray();
  }

  @Test
  void aPersonTakesAsManyBytesAsTheTableSays() throws IOException {
    assertThat(section())
        .contains("|JSON\n|" + ada(new PersonJson()).length + "\n")
        .contains("|Thrift, binary\n|" + thrift(ThriftProtocol.BINARY) + "\n")
        .contains("|Thrift, compact\n|" + thrift(ThriftProtocol.COMPACT) + "\n")
        .contains("|Protobuf\n|" + ada(new PersonProtobuf()).length + "\n")
        .contains(texts() + " of these bytes are Ada's name and addresses");
  }

  private static int thrift(ThriftProtocol protocol) {
    return ada(new PersonThrift(protocol)).length;
  }

  private static int texts() {
    return (Figures.ADA.name() + String.join("", Figures.ADA.emails())).getBytes(UTF_8).length;
  }

  @Test
  void whoeverReadsAPersonAsABookGetsOne() throws Exception {
    DynamicMessage book = DynamicMessage.parseFrom(book(), ada(new PersonProtobuf()));

    assertThat(book)
        .hasToString(
            """
            title: "Ada"
            year: 300
            authors: "ada@example.org"
            authors: "a@example.net"
            """);
  }

  private static Descriptor book() throws Exception {
    DescriptorProto.Builder book = DescriptorProto.newBuilder().setName("Book");
    field(book, "title", 1, Type.TYPE_STRING, Label.LABEL_OPTIONAL);
    field(book, "year", 2, Type.TYPE_INT32, Label.LABEL_OPTIONAL);
    field(book, "authors", 3, Type.TYPE_STRING, Label.LABEL_REPEATED);
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder().setSyntax("proto3").addMessageType(book).build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Book");
  }

  private static void field(
      DescriptorProto.Builder message, String name, int number, Type type, Label label) {
    message.addField(
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setType(type)
            .setLabel(label));
  }

  /** The schema knows types and nothing else: what a value has to be like is nobody's business. */
  @Test
  void aPersonMayBeNonsense() throws Exception {
    Protos.Person nonsense = Protos.Person.newBuilder().setId(-1).addEmails("@").build();

    Protos.Person read = Protos.Person.parseFrom(nonsense.toByteArray());

    assertThat(read).isEqualTo(nonsense);
    assertThat(read.getName()).isEmpty();
  }

  @Test
  void whatProtocMakesIsQuotedAsItIs() throws IOException {
    String made =
        Files.readString(
                ROOT.resolve(
                    "labs/kit/oracles/target/generated-sources/protobuf/readiness/oracle/"
                        + "Protos.java"))
            .replace("com.google.protobuf.", "");
    String person = made.substring(made.indexOf("class Person "), made.indexOf("class Profile "));
    List<String> quoted = blocks("\\[source,java]\n----\n(.*?)\n----\n").subList(0, 2);

    assertThat(person.lines().count()).isBetween(900L, 950L);
    for (String each : quoted) {
      assertThat(person.replaceAll("\\s+", " ")).contains(each.replaceAll("\\s+", " "));
    }
  }

  @Test
  void eachListingOfDissectIsWhatItPrints() throws IOException {
    List<String> commands =
        blocks("\\$ echo ([0-9a-f]+) \\| xxd -r -p \\| \\./ready dissect --protobuf -\n");
    List<String> listings = blocks("----\n(0000  .*?\n)----\n");

    assertThat(commands).hasSize(2).hasSameSizeAs(listings);
    for (int i = 0; i < commands.size(); i++) {
      byte[] bytes = HexFormat.of().parseHex(commands.get(i));
      assertThat(Dissected.of(Format.PROTOBUF, bytes).listing()).isEqualTo(listings.get(i));
    }
  }

  private static List<String> blocks(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(section())
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  /** From the bug report that the section links. */
  @Test
  void aTextThatProtocTakesForAMessageIsShownAsBoth() {
    assertThat(Dissected.of(Format.PROTOBUF, "1a 0b 50 4c 41 59 45 52 47 52 4f 55 50").texts())
        .contains("as a text: \"PLAYERGROUP\"", "as a message:", "field 10, varint");
  }
}
