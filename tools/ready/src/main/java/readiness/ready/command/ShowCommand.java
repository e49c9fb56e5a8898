package readiness.ready.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Region;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;

/** {@code ready show}: the solution of a step. */
@Command(
    name = "show",
    description = "Shows the solution of a step; asks first if the step has not passed.")
final class ShowCommand extends Action {
  @Parameters(paramLabel = "STEP", description = "The step.")
  private String asked = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Show it without asking.")
  private boolean yes;

  @Override
  int run(Desk desk) throws IOException {
    Step step = step(desk, asked);
    if (!desk.progress().passed(step) && !yes && !agreed(desk, step)) {
      desk.screen().line(" Not shown. ./ready hint " + step.id() + " gives a nudge instead.");
      return RIGHT;
    }
    Screen screen = desk.screen();
    List<Region> regions = desk.workbook().regions(step);
    if (regions.isEmpty()) {
      throw new NotRight(
          "the solution has no region of step '" + step.id() + "'.", "Please report it.");
    }
    for (Region region : regions) {
      screen.line();
      screen.line(" " + screen.bold(region.listing().place().toString()));
      screen.line();
      region.listing().code().lines().forEach(line -> screen.line(("   " + line).stripTrailing()));
    }
    return RIGHT;
  }

  private static boolean agreed(Desk desk, Step step) throws IOException {
    desk.screen()
        .out()
        .print(
            " Step %s has not passed. What you find out yourself, you keep. Show it anyway? [y/N] "
                .formatted(step.id()));
    desk.screen().out().flush();
    String answer =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
    if (answer == null) {
      desk.screen().line();
      return false;
    }
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
