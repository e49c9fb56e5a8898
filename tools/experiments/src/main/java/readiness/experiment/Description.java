package readiness.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What an experiment asks.
 *
 * @param id its name on the command line
 * @param title what it is about, in a line
 * @param trials the claims that it decides, one at least
 * @param question what the reader is to predict
 * @param options the answers to choose from, in order: a, b, …
 */
public record Description(
    String id, String title, List<Trial> trials, String question, List<String> options) {

  /**
   * A claim on trial.
   *
   * @param chapter whose text puts it there: {@code 03-epoll}
   * @param claim as the text has it
   */
  public record Trial(String chapter, String claim) {}

  public Description {
    trials = List.copyOf(trials);
    options = List.copyOf(options);
  }

  /** The letters to choose from. */
  public List<String> letters() {
    return options.stream().map(option -> letter(options.indexOf(option))).toList();
  }

  /** The letter of an option: a is number 0. */
  public static String letter(int option) {
    return String.valueOf((char) ('a' + option));
  }

  /** The option that a letter stands for. */
  public Optional<String> option(String letter) {
    int index = letters().indexOf(letter);
    return index < 0 ? Optional.empty() : Optional.of(options.get(index));
  }
}
