package readiness.ready.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import readiness.ready.child.Event;
import readiness.ready.child.Job;
import readiness.ready.child.Thrown;

/**
 * One request on its way to a verdict. It begins with every planned test at {@link
 * Outcome#NOT_RUN}; only the child's word that a test has passed changes that to {@link
 * Outcome#PASSED}. When a child is lost, the test that ran gets the blame and the rest may go on in
 * another.
 */
final class CheckRun {
  /** What is known of a test by now. */
  private static final class State {
    final StepPlan step;
    final PlannedTest test;
    Outcome outcome = Outcome.NOT_RUN;
    @Nullable Failure failure;
    String output = "";

    State(StepPlan step, PlannedTest test) {
      this.step = step;
      this.test = test;
    }

    TestResult result() {
      return new TestResult(
          test.testClass(), test.method(), test.title(), outcome, failure, output);
    }
  }

  /** How a child's work came to its end. */
  private sealed interface Ending {
    record Orderly() implements Ending {}

    record Lost(Outcome outcome, Failure failure) implements Ending {}
  }

  /** A JVM that starts is not the reader's doing, and on a busy machine it takes its time. */
  private static final Duration LIMIT_TO_START = Duration.ofSeconds(60);

  private final CheckRequest request;
  private final Compilation compiled;
  private final CheckListener listener;
  private final Sources sources;
  private final Map<String, State> states = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();

  /** The tests that need no other child: they ended, or one was lost in them. */
  private final Set<String> tried = new HashSet<>();

  private boolean lost;
  private boolean askedIsTold;
  private @Nullable StepPlan announced;

  CheckRun(CheckRequest request, Compilation compiled, CheckListener listener) {
    this.request = request;
    this.compiled = compiled;
    this.listener = listener;
    this.sources = new Sources(request.main(), request.tests());
    Map<String, List<PlannedTest>> planned = compiled.planned();
    for (StepPlan step : request.steps()) {
      for (PlannedTest test : planned.getOrDefault(step.testClass(), List.of())) {
        states.put(test.name(), new State(step, test));
      }
    }
  }

  /** Whether tests are left that another child should run. */
  boolean wantsAnother() {
    return (!lost || request.goOnAfterLoss()) && !pending().isEmpty();
  }

  /** Whether those are for the model checker's kind of child. */
  boolean wantsModelChecker() {
    return pending().getFirst().step.modelChecked();
  }

  /**
   * What one child can run of what is left. What is model-checked comes last, when all that is
   * quick has been said: a reader should not wait for it to hear of a later step.
   */
  private List<State> pending() {
    List<State> quick = pending(false);
    boolean stops = request.stopAtFailingStep() && states.values().stream().anyMatch(this::failed);
    return quick.isEmpty() && !stops ? pending(true) : quick;
  }

  private boolean failed(State state) {
    return tried.contains(state.test.name()) && state.outcome != Outcome.PASSED;
  }

  private List<State> pending(boolean modelChecked) {
    List<State> pending = new ArrayList<>();
    for (StepPlan step : inOrder()) {
      if (step.modelChecked() != modelChecked) {
        continue;
      }
      List<State> ofStep = of(step);
      ofStep.stream().filter(each -> !tried.contains(each.test.name())).forEach(pending::add);
      boolean stops = request.stopAtFailingStep() && !isAsked(step);
      if (stops && ofStep.stream().anyMatch(this::failed)) {
        break;
      }
    }
    return pending;
  }

  /** The steps as they are to run: the one that was asked for first. */
  private List<StepPlan> inOrder() {
    return request.steps().stream().sorted(Comparator.comparing(step -> !isAsked(step))).toList();
  }

  private boolean isAsked(StepPlan step) {
    return step.step().equals(request.asked());
  }

  private List<State> of(StepPlan step) {
    return states.values().stream().filter(each -> each.step == step).toList();
  }

  /** Runs what is left in the child, as far as it gets. */
  void in(ChildProcess child) throws InterruptedException {
    List<State> pending = pending();
    announce(pending.getFirst());
    child.submit(
        new Job(
            compiled.classes(),
            pending.getFirst().step.modelChecked(),
            request.pieces().stream().map(Object::toString).toList(),
            pending.stream().map(each -> each.step.testClass()).distinct().toList(),
            pending.stream().map(each -> each.test.name()).toList(),
            request.properties(),
            request.stopAtFailingStep(),
            request.steps().stream()
                .filter(this::isAsked)
                .map(StepPlan::testClass)
                .findFirst()
                .orElse(""),
            child.marker()));
    if (follow(child, pending) instanceof Ending.Lost(Outcome outcome, Failure failure)) {
      State blamed = running(pending);
      blamed.outcome = outcome;
      blamed.failure = failure;
      tried.add(blamed.test.name());
      if (!isAsked(blamed.step)) {
        lost = true;
      } else if (!request.goOnAfterLoss()) {
        // The cause may lie in an earlier step, so those run; what is left of this one does not.
        of(blamed.step).forEach(each -> tried.add(each.test.name()));
      }
    } else {
      child.awaitOutput();
      // What this child left out, behind a failing step, another one would leave out too.
      pending.forEach(each -> tried.add(each.test.name()));
    }
    for (State each : pending) {
      each.output = child.output(each.test.name());
    }
    tellAsked();
  }

  /** Tells how the step stands that was asked for, once, when none of its tests is left. */
  private void tellAsked() {
    if (askedIsTold || request.steps().size() == 1) {
      return;
    }
    for (StepPlan step : request.steps()) {
      List<State> tests = of(step);
      boolean over = tests.stream().allMatch(each -> tried.contains(each.test.name()));
      if (isAsked(step) && !tests.isEmpty() && over) {
        askedIsTold = true;
        listener.proved(result(step));
      }
    }
  }

  /** The test that had begun and not ended, else the next one: its class's set-up was running. */
  private State running(List<State> pending) {
    return pending.stream()
        .filter(each -> begun.contains(each.test.name()) && !tried.contains(each.test.name()))
        .findFirst()
        .or(() -> pending.stream().filter(each -> !tried.contains(each.test.name())).findFirst())
        .orElse(pending.getLast());
  }

  private Ending follow(ChildProcess child, List<State> pending) throws InterruptedException {
    boolean accepted = false;
    while (true) {
      Event event;
      Duration limit = accepted ? running(pending).step.limit() : LIMIT_TO_START;
      try {
        event = child.next(limit);
      } catch (TimeoutException e) {
        if (!accepted) {
          throw new IllegalStateException(
              "the JVM for the tests does not start: " + child.output(""));
        }
        Failure failure = StandStill.describe(child.stacks(), sources, limit);
        return new Ending.Lost(Outcome.STUCK, failure);
      }
      switch (event) {
        case Event.Accepted() -> accepted = true;
        case Event.Started(String test) -> started(test);
        case Event.Passed(String test) -> passed(test);
        case Event.Failed(String test, Thrown thrown) -> failed(test, thrown);
        case Event.Skipped(String test, String reason) -> skipped(test, reason);
        case Event.Exiting(var stack) -> {
          return new Ending.Lost(Outcome.FAILED, Crash.exit(stack, sources));
        }
        case Event.Stacks _, Event.StacksEnd _ -> {}
        case Event.Done() -> {
          return new Ending.Orderly();
        }
        case null -> {
          int status = child.exitStatus();
          if (!accepted) {
            throw new IllegalStateException(
                "the JVM for the tests ended with status %d: %s"
                    .formatted(status, child.output("")));
          }
          String report = child.crashReport();
          return new Ending.Lost(Crash.outcome(status, report), Crash.describe(status, report));
        }
      }
    }
  }

  private void started(String test) {
    begun.add(test);
    State state = states.get(test);
    if (state != null) {
      if (!isAsked(state.step)) {
        // Only now is the class over: it may still have failed when its last test had passed.
        tellAsked();
      }
      announce(state);
    }
  }

  private void announce(State next) {
    if (announced != next.step) {
      announced = next.step;
      listener.testing(next.step.step());
    }
  }

  private void passed(String test) {
    State state = states.get(test);
    if (state != null && tried.add(test)) {
      state.outcome = Outcome.PASSED;
    }
  }

  private void failed(String test, Thrown thrown) {
    Failure failure =
        new Failure(
            thrown.message(),
            thrown.trace(),
            thrown.expected(),
            thrown.observed(),
            thrown.seed(),
            thrown.notYet(),
            sources.frames(thrown.stack()));
    Outcome outcome = thrown.notYet() == null ? Outcome.FAILED : Outcome.NOT_YET;
    for (State state : meant(test)) {
      // A class that fails around its tests (in its last clean-up, say) spoils those that passed.
      if (state.failure == null) {
        state.outcome = outcome;
        state.failure = failure;
      }
      tried.add(state.test.name());
    }
  }

  private void skipped(String test, String reason) {
    for (State state : meant(test)) {
      if (tried.add(state.test.name())) {
        state.failure = Failure.of("skipped: " + reason, List.of());
      }
    }
  }

  /** The test of that name, or all tests of the class of that name. */
  private List<State> meant(String name) {
    State one = states.get(name);
    if (one != null) {
      return List.of(one);
    }
    return states.values().stream()
        .filter(each ->
            each.test.testClass().equals(name) || each.test.testClass().startsWith(name + "$"))
        .toList();
  }

  Verdict verdict() {
    List<StepResult> steps = request.steps().stream().map(this::result).toList();
    return new Verdict(compiled.errors(), steps, compiled.gaps());
  }

  private StepResult result(StepPlan step) {
    return new StepResult(step.step(), of(step).stream().map(State::result).toList());
  }
}
