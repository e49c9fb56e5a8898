package readiness.ready.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import readiness.dissect.Format;
import readiness.dissect.Listing;
import readiness.ready.Desk;

/** {@code ready dissect}: bytes and what they are. */
@Command(
    name = "dissect",
    description = {
      "Says of each byte of a message what it is, without a schema.",
      "Where a field of Protobuf can be a text or a message, both are shown. Ends with 1 where the"
          + " bytes end being valid, after the place and the reason."
    })
final class DissectCommand extends Action {
  private static final String STANDARD_INPUT = "-";

  @Option(names = "--protobuf", description = "The bytes are a Protobuf message.")
  private boolean protobuf;

  @Option(
      names = "--thrift-binary",
      description = "A message or a struct of Thrift's binary protocol, in a frame or not.")
  private boolean thriftBinary;

  @Option(
      names = "--thrift-compact",
      description = "A message or a struct of Thrift's compact protocol, in a frame or not.")
  private boolean thriftCompact;

  @Option(names = "--json", description = "The bytes are JSON.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "Where the bytes are, up to 64 MiB of them; - is the standard input.")
  private @Nullable String source;

  @Override
  int run(Desk desk) throws IOException {
    Format format = format();
    byte[] bytes = read();
    Pages pages = new Pages(desk.screen().out());
    try {
      boolean valid = format.dissect(bytes, new Listing(bytes, pages));
      pages.turn();
      return valid ? RIGHT : FAILS;
    } catch (NobodyReads _) {
      return RIGHT;
    }
  }

  private Format format() {
    List<Format> asked = new ArrayList<>();
    ask(asked, protobuf, Format.PROTOBUF);
    ask(asked, thriftBinary, Format.THRIFT_BINARY);
    ask(asked, thriftCompact, Format.THRIFT_COMPACT);
    ask(asked, json, Format.JSON);
    if (asked.size() != 1) {
      throw wrong(
          "say which format it is, %s--protobuf, --thrift-binary, --thrift-compact or --json."
              .formatted(asked.isEmpty() ? "" : "and only one: "));
    }
    return asked.getFirst();
  }

  private static void ask(List<Format> asked, boolean option, Format format) {
    if (option) {
      asked.add(format);
    }
  }

  private byte[] read() {
    String from = source;
    if (from == null) {
      throw wrong("say which file, or - for the standard input.");
    }
    byte[] bytes = from.equals(STANDARD_INPUT) ? standardInput() : file(Path.of(from));
    String what = from.equals(STANDARD_INPUT) ? "the standard input" : "'" + from + "'";
    if (bytes.length == 0) {
      throw wrong(what + " is empty: there is nothing to dissect.");
    }
    if (bytes.length > Format.MAX_LENGTH) {
      throw wrong(what + " has more than 64 MiB, and that is the most that is dissected.");
    }
    return bytes;
  }

  private byte[] standardInput() {
    try {
      return upToTheMost(System.in);
    } catch (IOException e) {
      throw wrong("cannot read the standard input: " + e.getMessage());
    }
  }

  private byte[] file(Path file) {
    if (Files.isDirectory(file)) {
      throw wrong("'%s' is a folder; name a file.".formatted(file));
    }
    if (!Files.exists(file)) {
      throw wrong("there is no file '%s'.".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return upToTheMost(in);
    } catch (IOException e) {
      throw wrong("cannot read '%s': %s".formatted(file, e.getClass().getSimpleName()));
    }
  }

  /** A byte more than the most tells that there are too many. */
  private static byte[] upToTheMost(InputStream in) throws IOException {
    return in.readNBytes(Format.MAX_LENGTH + 1);
  }

  private ParameterException wrong(String what) {
    return wrong(what, "", Stream.of());
  }

  /** Nobody reads any more: {@code ready dissect … | head}. */
  private static final class NobodyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Prints lines, many at a time: a large message has millions. */
  private static final class Pages implements Consumer<String> {
    private static final int ENOUGH = 16 << 10;

    private final PrintWriter out;
    private final StringBuilder page = new StringBuilder();

    Pages(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void accept(String line) {
      page.append(line).append(System.lineSeparator());
      if (page.length() > ENOUGH) {
        turn();
      }
    }

    /** Prints what has been gathered. */
    void turn() {
      out.print(page);
      page.setLength(0);
      if (out.checkError()) {
        throw new NobodyReads();
      }
    }
  }
}
