package readiness.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.chart.Chart;
import readiness.measure.Respondent;

/**
 * What one chapter measures, in a package of its own. It is not looked into before it is asked for:
 * when an experiment runs, the others' jars are not there.
 *
 * @param name the package
 * @param experiments in the order of the book
 * @param standsOn one class of each jar that they need, beside what every experiment needs
 */
public record Room(
    String name, Supplier<List<Experiment>> experiments, Supplier<List<Class<?>>> standsOn) {
  /** One class of each jar that every experiment needs. */
  private static final List<Class<?>> NEEDED =
      List.of(
          ExperimentProgram.class,
          Chart.class,
          Respondent.class,
          ObjectMapper.class,
          JsonFactory.class,
          JsonProperty.class);

  /** Its experiment of that name. */
  Optional<Experiment> experiment(String id) {
    return experiments.get().stream()
        .filter(each -> each.description().id().equals(id))
        .findFirst();
  }

  /**
   * What its experiments run on, and no more. What another chapter is compared with could be found
   * instead of what is meant; and a JVM keeps every jar open, while select(2) has no room for
   * descriptors with high numbers.
   */
  public String classPath() {
    return Stream.concat(NEEDED.stream(), standsOn.get().stream())
        .map(Room::home)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where " + type + " is from", e);
    }
  }
}
