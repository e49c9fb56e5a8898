package readiness.ready.check;

/**
 * A test that the source promises.
 *
 * @param testClass the binary name of the class that declares it
 * @param method its name
 * @param title its display name
 */
record PlannedTest(String testClass, String method, String title) {
  /** How parent and child name it. */
  String name() {
    return testClass + "#" + method;
  }
}
