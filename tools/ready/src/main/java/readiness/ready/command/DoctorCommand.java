package readiness.ready.command;

import java.util.List;
import picocli.CommandLine.Command;
import readiness.ready.Desk;
import readiness.ready.Screen;

/** {@code ready doctor}: is everything there, and how to mend what is not. */
@Command(
    name = "doctor",
    description = "Looks at the machine: what the workbook needs, what it can use, how to mend it.")
final class DoctorCommand extends Action {
  @Override
  int run(Desk desk) {
    Screen screen = desk.screen();
    List<Symptom> symptoms = new Doctor(desk).examine();
    for (Symptom each : symptoms) {
      String mark =
          switch (each.state()) {
            case GOOD -> screen.good("✓");
            case OPTIONAL -> screen.dim("·");
            case BAD -> screen.bad("✗");
          };
      screen.line(" %s %-22s %s".formatted(mark, each.what(), each.found()));
      if (!each.mend().isEmpty()) {
        screen.paragraph(26, each.mend());
      }
    }
    long bad = symptoms.stream().filter(each -> each.state() == Symptom.State.BAD).count();
    screen.line();
    screen.line(
        bad == 0
            ? " Everything that the workbook needs is here."
            : " " + (bad == 1 ? "One thing needs" : bad + " things need") + " mending.");
    return bad == 0 ? RIGHT : Ready.NOT_RIGHT;
  }
}
