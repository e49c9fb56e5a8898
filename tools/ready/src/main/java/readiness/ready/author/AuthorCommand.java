package readiness.ready.author;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ready author}: what the workbook's writers run. */
@Command(
    name = "author",
    description =
        "For writers: starters, checkpoints, mistakes, mutations, hollow, prove, consistency,"
            + " format, figures.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartersCommand.class,
      CheckpointsCommand.class,
      MistakesCommand.class,
      MutationsCommand.class,
      HollowCommand.class,
      ProveCommand.class,
      ConsistencyCommand.class,
      FormatCommand.class,
      FiguresCommand.class,
      SummaryCommand.class
    })
public final class AuthorCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how to call it.")
  private boolean help;

  private final Path folder;

  /** Works on the workbook that the launcher belongs to, else on the one around us. */
  public AuthorCommand() {
    this(Path.of(System.getProperty("readiness.root", "")));
  }

  /** Works on the workbook that a folder lies in. */
  public AuthorCommand(Path folder) {
    this.folder = folder;
  }

  /** A folder of the workbook. */
  Path folder() {
    return folder;
  }
}
