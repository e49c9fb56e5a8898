package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.dissect.Format;
import readiness.ready.command.ToyWorkbook.Said;

/** {@code ready dissect} as a reader calls it, rightly and wrongly. */
class DissectCommandTest {
  @TempDir private Path folder;
  private ToyWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new ToyWorkbook(folder);
  }

  private String file(String hex) throws IOException {
    Path file = folder.resolve("message");
    Files.write(file, HexFormat.of().parseHex(hex));
    return file.toString();
  }

  @Test
  void eachFormatHasItsOption() throws IOException {
    Said protobuf = workbook.ready("dissect", "--protobuf", file("0803"));
    Said binary = workbook.ready("dissect", "--thrift-binary", file("08000100000003" + "00"));
    Said compact = workbook.ready("dissect", file("150600"), "--thrift-compact");
    Said json = workbook.ready("dissect", "--json", file("5b335d"));

    assertThat(protobuf.out()).contains("0001  03                       3, zigzag -2");
    assertThat(binary.out()).contains("0003  00 00 00 03                3");
    assertThat(compact.out()).contains("0001  06                         3");
    assertThat(json.out()).contains("0001  33                         3");
    for (Said said : List.of(protobuf, binary, compact, json)) {
      assertThat(said.status()).isZero();
      assertThat(said.err()).isEmpty();
    }
  }

  @Test
  void whatIsNotValidIsShownAsFarAsItIsAndEndsWithOne() throws IOException {
    Said said = workbook.ready("dissect", "--protobuf", file("08031205"));

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("3, zigzag -2")
        .contains("✗ at 0004, byte 4: 5 bytes are to follow, and 0 are left");
    assertThat(said.err()).isEmpty();
  }

  @Test
  void aHyphenIsTheStandardInput() {
    assertThat(given(new byte[] {8, 3}, "dissect", "--protobuf", "-").out()).contains("zigzag -2");

    Said empty = given(new byte[0], "dissect", "--protobuf", "-");
    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("the standard input is empty");
  }

  private Said given(byte[] input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return workbook.ready(arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatCannotBeDissectedIsRefusedWithItsName() throws IOException {
    Path large = folder.resolve("large");
    Files.write(large, new byte[Format.MAX_LENGTH + 1]);
    String empty = file("");

    refused("'" + empty + "' is empty: there is nothing to dissect.", "--json", empty);
    refused("there is no file 'gone'.", "--json", "gone");
    refused("'" + folder + "' is a folder; name a file.", "--json", folder.toString());
    refused("'" + large + "' has more than 64 MiB", "--json", large.toString());
    refused("say which file, or - for the standard input.", "--json");
    refused("say which format it is, --protobuf, --thrift-binary,", empty);
    refused("and only one: --protobuf,", "--json", "--protobuf", empty);
    refused("Did you mean --protobuf?", "--protobuff", empty);
  }

  private void refused(String reason, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "dissect";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Said said = workbook.ready(all);
    assertThat(said.status()).as(reason).isEqualTo(2);
    assertThat(said.err()).contains(reason).doesNotContain("\tat ");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void itSaysHowToCallIt() {
    Said help = workbook.ready("dissect", "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("--thrift-compact", "FILE|-", "64 MiB");
    assertThat(workbook.ready("--help").out()).contains("dissect");
  }

  /** As {@code ready dissect … | head} does: it closes the pipe when it has seen enough. */
  @Test
  void whenNobodyReadsAnyMoreItEndsAndSaysNothing() throws IOException {
    byte[] many = new byte[4 << 20];
    for (int i = 0; i < many.length; i += 2) {
      many[i] = 8;
    }
    Path file = folder.resolve("many");
    Files.write(file, many);
    Pipe pipe = new Pipe();
    StringWriter err = new StringWriter();
    System.setProperty("readiness.root", workbook.root().toString());
    int status;
    try {
      status =
          Ready.run(
              new PrintWriter(pipe, true, StandardCharsets.UTF_8),
              new PrintWriter(err),
              "dissect",
              "--protobuf",
              file.toString());
    } finally {
      System.clearProperty("readiness.root");
    }

    assertThat(status).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(pipe.refused).as("what it has tried to print since then").isLessThan(1 << 20);
  }

  /** A pipe that is closed after the first bytes. */
  private static final class Pipe extends OutputStream {
    private int taken;
    private long refused;

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (taken > 0) {
        refused += count;
        throw new IOException("Broken pipe");
      }
      taken += count;
    }
  }
}
