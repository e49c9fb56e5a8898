package readiness.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table that the text shows is what the libraries did, and not what somebody believes. */
final class EvolutionTableTest {
  private static final Path SHOWN =
      Path.of("../../chapters/05-serialization/evolution-matrix.adoc");
  private static final Path SEEN = Path.of("target/evolution-matrix.adoc");

  @Test
  @DisplayName("the table of the text is the one of this run, which lies in target/")
  void shown() throws Exception {
    String seen = table();
    Files.writeString(SEEN, seen);
    assertThat(Files.exists(SHOWN) ? Files.readString(SHOWN) : "")
        .as("%s, which is to be a copy of %s", SHOWN, SEEN)
        .isEqualTo(seen);
  }

  private static String table() throws Exception {
    StringBuilder table = new StringBuilder("[cols=\"4,1,1,1,1,1,1\"]\n|===\n|Change");
    for (String format : List.of("Protobuf", "Thrift", "JSON")) {
      table.append(" |%s: new reads old |old reads new".formatted(format));
    }
    table.append("\n");
    for (Change change : Change.ALL) {
      table.append("\n|").append(change.what()).append("\n");
      for (Format format : Format.values()) {
        table.append(
            "|%s |%s\n"
                .formatted(
                    worst(change.old(), change.changed(), format),
                    worst(change.changed(), change.old(), format)));
      }
    }
    return table.append("|===\n").toString();
  }

  /** The worst that becomes of any of a reader's fields, as a word; nothing if all is well. */
  private static String worst(Schema writer, Schema reader, Format format) throws Exception {
    Outcome worst = Outcome.READ;
    List<Peer> peers = LibraryPeers.of(format);
    for (Field field : reader.fields()) {
      worst = worst.or(Exchange.of(writer, field, peers, peers, 0).outcome());
    }
    return worst.safe() ? "✓" : worst.toString();
  }
}
