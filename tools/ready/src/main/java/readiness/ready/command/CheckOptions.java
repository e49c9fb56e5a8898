package readiness.ready.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code check} and {@code watch} can be told. */
final class CheckOptions {
  @Option(names = "--only", description = "This step alone, without those before it.")
  boolean only;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "One seed instead of all, as a failure names it, for instance 5d1c.")
  @Nullable String seed;

  @Option(names = "--solution", description = "Check the solution instead of your code.")
  boolean solution;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to the file as well (docs/check-json.adoc).")
  @Nullable Path json;
}
