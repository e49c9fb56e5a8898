package readiness.ready.author;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source as far as it can change what a program does.
 *
 * @param code its tokens, with a space between them: no comments, no layout
 * @param words the identifiers in it, those in strings included: reflection finds classes by them
 */
record JavaText(String code, Set<String> words) {
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?xs)
            (?<comment> //[^\\n]*+ | /\\*.*?\\*/ | \\s++ )
          | ""\"(?:[^\\\\"]++|\\\\.|"(?!""))*+""\"
          | "(?:[^\\\\"\\n]++|\\\\.)*+"
          | '(?:[^\\\\'\\n]++|\\\\.)*+'
          | [\\p{L}\\p{N}_$]++
          | .
          """);

  private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*+");

  static JavaText of(String source) {
    StringBuilder code = new StringBuilder();
    Set<String> words = new LinkedHashSet<>();
    Matcher token = TOKEN.matcher(source);
    while (token.find()) {
      if (token.group("comment") == null) {
        code.append(token.group()).append(' ');
        WORD.matcher(token.group()).results().forEach(word -> words.add(word.group()));
      }
    }
    return new JavaText(code.toString(), words);
  }

  /** Whether a class is named somewhere in it. */
  boolean names(String simpleName) {
    return words.contains(simpleName);
  }

  /** Whether a package is named somewhere in it. */
  boolean namesPackage(String packageName) {
    return code.contains(packageName.replace(".", " . ") + " ");
  }
}
