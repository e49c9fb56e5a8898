package readiness.ready.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.WholeFile;
import readiness.ready.check.CompileError;
import readiness.ready.check.Failure;
import readiness.ready.check.Frame;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/**
 * The result of a check for programs; {@code docs/check-json.adoc} and {@code
 * docs/check.schema.json} say what it holds.
 *
 * <p>Points are possible from the start and earned by proof: a step's points are divided among its
 * planned tests, and a test earns its share by passing.
 */
public final class CheckJson {
  /** Changes when what reads it would have to. */
  static final String SCHEMA = "readiness/check/v1";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Desk desk;
  private final boolean solution;
  private final @Nullable String seed;
  private final List<Step> steps;
  private final Map<String, StepResult> results = new LinkedHashMap<>();
  private final List<CompileError> errors = new ArrayList<>();

  /**
   * A result of which nothing is known yet.
   *
   * @param solution whether the solution is checked in place of the reader's code
   * @param seed the one seed; null for all
   * @param steps what was asked for
   */
  public CheckJson(Desk desk, boolean solution, @Nullable String seed, List<Step> steps) {
    this.desk = desk;
    this.solution = solution;
    this.seed = seed;
    this.steps = steps;
  }

  /** Takes in what is known of one chapter. */
  public void add(Verdict verdict) {
    errors.addAll(verdict.errors());
    verdict.steps().forEach(step -> results.put(step.step(), step));
  }

  /** Writes what is known so far; a step of which nothing is known has earned nothing. */
  public void write(Path file) {
    try {
      WholeFile.write(file, JSON.writeValueAsString(tree()) + "\n");
    } catch (IOException e) {
      throw new NotRight(
          "cannot write %s: %s".formatted(file, e.getMessage()),
          "Name a file in a folder of yours.");
    }
  }

  ObjectNode tree() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    int earned = 0;
    int possible = 0;
    for (Step step : steps) {
      StepResult result = results.getOrDefault(step.id(), new StepResult(step.id(), List.of()));
      ObjectNode node = step(step, result);
      earned += node.path("points").path("earned").intValue();
      possible += step.points();
      list.add(node);
    }
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("solution", solution);
    tree.put("seed", seed);
    tree.put(
        "passed",
        steps.stream()
            .allMatch(step -> results.containsKey(step.id()) && results.get(step.id()).passed()));
    tree.set("points", points(earned, possible));
    ArrayNode broken = tree.putArray("compileErrors");
    errors.forEach(error -> broken.add(error(error)));
    tree.set("steps", list);
    return tree;
  }

  private ObjectNode step(Step step, StepResult result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", step.id());
    node.put("number", step.number());
    node.put("title", step.title());
    node.put("chapter", step.chapter());
    node.put("optional", step.optional());
    node.put("outcome", result.outcome().id());
    ArrayNode tests = JsonNodeFactory.instance.arrayNode();
    int earned = 0;
    int count = result.tests().size();
    for (int i = 0; i < count; i++) {
      TestResult test = result.tests().get(i);
      int share = step.points() / count + (i < step.points() % count ? 1 : 0);
      int got = test.outcome() == Outcome.PASSED ? share : 0;
      earned += got;
      tests.add(test(test, got, share));
    }
    node.set("points", points(earned, step.points()));
    node.set("tests", tests);
    return node;
  }

  private ObjectNode test(TestResult test, int earned, int possible) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("class", test.testClass());
    node.put("method", test.method());
    node.put("title", test.title());
    node.put("outcome", test.outcome().id());
    node.set("points", points(earned, possible));
    Failure failure = test.failure();
    if (failure != null) {
      node.put("message", failure.message());
      ArrayNode trace = node.putArray("trace");
      failure.trace().forEach(trace::add);
      node.put("expected", failure.expected());
      node.put("observed", failure.observed());
      node.put("seed", failure.seed());
      node.put("notYet", failure.notYet());
      ArrayNode frames = node.putArray("frames");
      failure.frames().forEach(frame -> frames.add(frame(frame)));
    }
    if (!test.output().isEmpty()) {
      node.put("output", test.output());
    }
    return node;
  }

  private ObjectNode frame(Frame frame) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", desk.shown(frame.file()));
    node.put("line", frame.line());
    node.put("class", frame.type());
    node.put("method", frame.method());
    return node;
  }

  private ObjectNode error(CompileError error) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", desk.shown(error.file()));
    node.put("line", error.line());
    node.put("column", error.column());
    node.put("message", error.message());
    node.put("source", error.source());
    return node;
  }

  private static ObjectNode points(int earned, int possible) {
    return JsonNodeFactory.instance.objectNode().put("earned", earned).put("possible", possible);
  }
}
