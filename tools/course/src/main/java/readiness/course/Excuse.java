package readiness.course;

/**
 * Why a random mutation of the solution need not be noticed by a test: it changes nothing that
 * anybody could see, or nothing that is worth a test.
 *
 * @param ground the step whose code it changes, or the chapter where that code is given
 * @param file relative to the chapter's {@code src/main/java}
 * @param method the method, as the JVM calls it ({@code <init>}, {@code lambda$…})
 * @param mutation what is changed, in PIT's words
 * @param code the line that is changed, without what stands before and behind it
 * @param which of several that are alike in all this, from 1
 * @param reason why no test notices it
 * @param line where the excuse stands
 */
public record Excuse(
    String ground,
    String file,
    String method,
    String mutation,
    String code,
    int which,
    String reason,
    int line) {
  static Excuse of(YamlMap yaml, String ground) {
    yaml.only("file", "method", "mutation", "code", "which", "reason");
    int which = yaml.has("which") ? yaml.number("which") : 1;
    if (which == 0) {
      throw yaml.problem("which", "field 'which' counts from 1");
    }
    return new Excuse(
        ground,
        yaml.text("file"),
        yaml.text("method"),
        yaml.text("mutation"),
        yaml.text("code"),
        which,
        yaml.text("reason"),
        yaml.line("file"));
  }
}
