package readiness.ready.author;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ready author}: what the workbook's writers run. */
@Command(
    name = "author",
    description = "For writers: starters, consistency, format.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StartersCommand.class, ConsistencyCommand.class, FormatCommand.class})
public final class AuthorCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Says how to call it.")
  private boolean help;
}
