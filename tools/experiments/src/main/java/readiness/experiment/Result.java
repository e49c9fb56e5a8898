package readiness.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run of an experiment, as it is kept.
 *
 * @param schema {@link #SCHEMA}
 * @param experiment its id
 * @param machine on which it ran
 * @param date when, as ISO 8601 has it
 * @param size how much was done
 * @param seconds how long it took
 * @param prediction the letter that the reader chose, null if there was no prediction
 * @param table what was measured
 * @param conclusion what that says
 */
public record Result(
    String schema,
    String experiment,
    String machine,
    String date,
    Size size,
    double seconds,
    @Nullable String prediction,
    Table table,
    Conclusion conclusion) {

  /** Changes when what reads it would have to. */
  public static final String SCHEMA = "readiness/experiment/v1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IOException if it is something else, with the reason
   */
  public static Result read(String json) throws IOException {
    Result result = JSON.readValue(json, Result.class);
    if (!SCHEMA.equals(result.schema())) {
      throw new IOException("is not of the schema " + SCHEMA);
    }
    return result;
  }

  /** Reads a file. */
  public static Result read(Path file) throws IOException {
    return read(Files.readString(file));
  }

  /** The same run, of which the reader had predicted this. */
  public Result predicted(@Nullable String letter) {
    return new Result(schema, experiment, machine, date, size, seconds, letter, table, conclusion);
  }

  /** As it is kept in a file. */
  public String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
