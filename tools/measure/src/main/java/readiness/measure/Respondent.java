package readiness.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that answers lines on its standard input with lines on its standard output. It ends when
 * its input does, so none outlives the measurement, however that ends.
 */
public final class Respondent implements AutoCloseable {
  private static final int LAST_WORDS = 30;

  /** How an answer begins that tells why there is none. */
  public static final String ERROR = "error ";

  private final String name;
  private final Process process;
  private final Proc proc;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final Deque<String> lastWords = new ArrayDeque<>();
  private final Thread listener;

  Respondent(String name, Process process) {
    this.name = name;
    this.process = process;
    proc = new Proc(process.pid());
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    listener = Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (lastWords) {
          lastWords.addLast(line);
          if (lastWords.size() > LAST_WORDS) {
            lastWords.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      // The process is gone, and its words with it.
    }
  }

  /**
   * The next line that the child prints.
   *
   * @throws NoAnswer if it has ended, with what it said before
   */
  public String line() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw ended();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The answer to a question.
   *
   * @throws NoAnswer if it has ended, or says that there is none, with its reason
   */
  public String ask(String question) {
    questions.println(question);
    String answer = line();
    if (answer.startsWith(ERROR)) {
      throw new NoAnswer(name + ": " + answer.substring(ERROR.length()));
    }
    return answer;
  }

  /**
   * The answer to a question, a number.
   *
   * @throws NoAnswer if it is none, with what it is: then it says why
   */
  public long number(String question) {
    return parsed(ask(question));
  }

  /** As {@link #number(String)}, of the next line, for which nothing is asked. */
  public long number() {
    return parsed(line());
  }

  private long parsed(String line) {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new NoAnswer(name + ": " + line);
    }
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  private NoAnswer ended() {
    return new NoAnswer(name + " has ended.\n" + lastWords());
  }

  /** What it has printed to its standard error, the last lines of it. */
  public String lastWords() {
    try {
      listener.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lastWords) {
      return String.join("\n", lastWords);
    }
  }

  /**
   * Says why, if it has ended, or is just about to.
   *
   * @throws NoAnswer then
   */
  public void requireAlive() throws InterruptedException {
    if (process.waitFor(500, TimeUnit.MILLISECONDS)) {
      throw ended();
    }
  }

  /** What the kernel knows of it. */
  public Proc proc() {
    return proc;
  }

  @Override
  public void close() {
    questions.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
