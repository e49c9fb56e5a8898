package readiness.ready.check;

/**
 * A test that the source promises.
 *
 * @param testClass the binary name of the class that declares it
 * @param method its name
 * @param title its display name
 */
record PlannedTest(String testClass, String method, String title) {
  /** The top-level class around it. */
  String topClass() {
    int nested = testClass.indexOf('$');
    return nested < 0 ? testClass : testClass.substring(0, nested);
  }

  /** How parent and child name it. */
  String name() {
    return testClass + "#" + method;
  }
}
