package readiness.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What can be measured of one chapter, in a package of its own.
 *
 * @param chapter its name on the command line
 * @param peers how the file names of the jars begin that only this chapter needs: those of what it
 *     is compared with
 * @param measurements by name
 */
public record Room(String chapter, List<String> peers, Map<String, Measuring> measurements) {
  /** Something that can be measured. */
  @FunctionalInterface
  public interface Measuring {
    /**
     * Measures, shows and writes.
     *
     * @throws Stopped if it cannot be done, or something does not hold
     */
    void run(Settings settings, Display display) throws IOException, InterruptedException;
  }

  public Room {
    peers = List.copyOf(peers);
    measurements = Map.copyOf(measurements);
  }
}
