package readiness.experiment.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Result;
import readiness.experiment.SmallRun;
import readiness.experiment.Table;
import readiness.experiment.Table.Row;

/** Chapter 5's experiments: bytes that are counted, and orders of magnitude. */
class SerializationRoomTest {
  @Test
  void theSameIsShorterInProtobufAndGzipFindsWhatComesAgain() throws Exception {
    Result result = SmallRun.of("size-of-formats");

    Table table = result.table();
    assertThat(table.rows()).hasSize(16);
    assertThat(bytes(table, "100 people, Protobuf"))
        .isLessThan(bytes(table, "100 people, JSON") * 8 / 10);
    for (String format : new String[] {"JSON", "Protobuf", "Thrift binary", "Thrift compact"}) {
      assertThat(gzipped(table, "100 people, " + format))
          .as(format)
          .isLessThan(bytes(table, "100 people, " + format) / 3);
    }
    assertThat(gzipped(table, "random bytes, Protobuf"))
        .as("nothing comes again in what is random")
        .isGreaterThan(bytes(table, "random bytes, Protobuf"));
    assertThat(result.conclusion().verdict()).isEqualTo(Verdict.HALF);
  }

  private static double bytes(Table table, String label) {
    return table.row(label).at("bytes");
  }

  private static double gzipped(Table table, String label) {
    return table.row(label).at("gzipped");
  }

  @Test
  void tokensAreReadWithoutMemoryAndATreeIsNot() throws Exception {
    Table table = SmallRun.of("parse-rate").table();

    assertThat(table.rows()).hasSize(4);
    for (Row row : table.rows()) {
      assertThat(row.at("tokens-heap") * row.at("json-bytes"))
          .as("bytes of heap for the tokens of %s", row.label())
          .isLessThan(1_000);
      assertThat(row.at("tree-heap")).as("for a byte of %s", row.label()).isGreaterThan(1);
    }
  }

  @Test
  void aStringInBetweenIsACopyAndItsBytesAreAnother() throws Exception {
    Table table = SmallRun.of("string-first").table();

    double heap = table.row("workbook, bytes").at("heap-bytes");
    assertThat(table.row("workbook, a String first").at("heap-bytes") - heap)
        .isBetween(2 * 16_000.0, 2 * 18_000.0);
  }

  @Test
  void bothWaysReadTheSameInEveryJvm() throws Exception {
    // KindsMet fails if they do not; what the times say, only the long run decides.
    assertThat(SmallRun.of("segment-kinds").table().rows())
        .extracting(Row::label)
        .containsExactly("one kind", "two kinds", "four kinds");
  }
}
