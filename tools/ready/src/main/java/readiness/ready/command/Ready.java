package readiness.ready.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import readiness.course.Malformed;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;
import readiness.ready.author.AuthorCommand;
import readiness.ready.view.Overview;

/** {@code ready}: without a command it says where the reader is. */
@Command(
    name = "ready",
    header = "Build a fast network server from scratch, step by step.",
    description = {
      "%nWithout a command: where you are, what has passed, what is next.",
    },
    synopsisHeading = "%n",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that was asked for passed",
      "1:a step fails",
      "2:called wrongly",
      "3:the environment is not right"
    },
    synopsisSubcommandLabel = "[COMMAND]",
    versionProvider = Ready.Version.class,
    subcommands = {
      StartCommand.class,
      CheckCommand.class,
      WatchCommand.class,
      HintCommand.class,
      ShowCommand.class,
      ResetCommand.class,
      ExperimentCommand.class,
      TraceCommand.class,
      DissectCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      PrepareCommand.class,
      AuthorCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Ready extends Action {
  static final int USAGE = 2;
  static final int NOT_RIGHT = 3;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  /** The version stands in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Ready.class.getPackage().getImplementationVersion();
      return new String[] {
        "ready " + (version == null ? "(not packaged)" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("java.home")
      };
    }
  }

  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int status = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    PrintStream stream =
        new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs a command line and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Ready());
    line.getSubcommands()
        .get("help")
        .getCommandSpec()
        .usageMessage()
        .header("Says how to call a command.");
    line.setOut(out);
    line.setErr(err);
    Ansi ansi = Screen.of(out).colour() ? Ansi.ON : Ansi.OFF;
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Screen.of(out).width());
    line.setParameterExceptionHandler((e, _) -> usage(e));
    line.setExecutionExceptionHandler((e, command, _) -> failed(e, command.getErr()));
    return line.execute(arguments);
  }

  private static int usage(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    String near = "";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      near = nearest(unmatched.getUnmatched().getFirst(), e.getCommandLine());
    }
    err.println("ready: " + lowerCase(e.getMessage()) + (near.isEmpty() ? "" : ". " + near));
    err.println(
        "       `./"
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help` says how to call it.");
    return USAGE;
  }

  private static String nearest(String typed, CommandLine command) {
    boolean option = typed.startsWith("-");
    return Nearest.question(
        typed,
        option
            ? command.getCommandSpec().optionsMap().keySet().stream()
            : command.getSubcommands().keySet().stream());
  }

  private static String lowerCase(String message) {
    return message.isEmpty() || message.startsWith("READY")
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static int failed(Exception e, PrintWriter err) {
    switch (e) {
      case NotRight wrong -> {
        err.println("ready: " + wrong.getMessage());
        err.println("       " + wrong.mend());
      }
      case Malformed malformed -> {
        err.println("ready: " + malformed.getMessage());
        err.println(
            "       `git status` shows whether the file was changed; it belongs to the workbook.");
      }
      case IOException io -> err.println("ready: " + io.getMessage() + " (" + name(io) + ")");
      case UncheckedIOException io ->
          err.println("ready: " + io.getMessage() + ": " + name(io.getCause()));
      default -> {
        err.println("ready: this is a defect of the tool, please report it:");
        e.printStackTrace(err);
      }
    }
    return NOT_RIGHT;
  }

  private static String name(Exception e) {
    return e.getClass().getSimpleName();
  }

  @Override
  int run(Desk desk) {
    new Overview(desk).print();
    return RIGHT;
  }
}
