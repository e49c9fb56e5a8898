package readiness.ready.check;

import java.util.List;
import java.util.Map;

/**
 * What came of compiling a chapter.
 *
 * @param errors why there are no classes; empty if there are
 * @param classes the compiled classes by binary name
 * @param tests the tests by the top-level class that declares them, in the order of the sources
 * @param gaps what is still to be written
 */
record Compilation(
    List<CompileError> errors,
    Map<String, byte[]> classes,
    Map<String, List<PlannedTest>> tests,
    List<Gap> gaps) {}
