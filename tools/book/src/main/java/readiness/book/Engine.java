package readiness.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;

/** AsciidoctorJ, started once and warm from then on: starting it takes most of a build. */
final class Engine implements AutoCloseable {
  /** Kept, since the logging of the JDK forgets the settings of a logger that nobody holds. */
  private static final Logger LOG = Logger.getLogger("asciidoctor");

  private final Asciidoctor asciidoctor;

  Engine() {
    // What the chapters hold is converted once or twice: compiling Ruby for that takes longer.
    System.setProperty("jruby.compile.mode", "OFF");
    // Every message goes through the manuscript, which knows what it means.
    LOG.setLevel(Level.OFF);
    asciidoctor = Asciidoctor.Factory.create();
    try (InputStream mended =
        Objects.requireNonNull(Engine.class.getResourceAsStream("mended.rb"))) {
      asciidoctor.rubyExtensionRegistry().loadClass(mended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Asciidoctor asciidoctor() {
    return asciidoctor;
  }

  @Override
  public void close() {
    asciidoctor.close();
  }
}
