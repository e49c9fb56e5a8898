package readiness.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;
import readiness.measure.Jvm;

/** Runs an experiment as small as it gets, on the real kernel. */
public final class SmallRun {
  private static final Path ROOT = Path.of(System.getProperty("readiness.root"));

  private SmallRun() {}

  /** Some descriptors are the JVM's, which it keeps from their first use on. */
  public static void warmUp() throws Exception {
    Jvm.own().start("a JVM", ExperimentProgram.class, "none", "none").close();
    SocketChannel.open().close();
    Selector.open().close();
  }

  /** Runs it, and sees to it that its result can be kept and drawn. */
  public static Result of(String id) throws Exception {
    Experiment experiment = Experiments.named(id).orElseThrow();
    Result result = ExperimentProgram.run(experiment, new Setting(Size.SMALL, ROOT, _ -> {}));
    assertThat(Result.read(result.json())).as("read back").isEqualTo(result);
    String svg = experiment.chart(result.table()).svg();
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("desc")
                .item(0)
                .getTextContent())
        .contains(result.table().rows().getFirst().label());
    return result;
  }
}
