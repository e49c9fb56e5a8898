package readiness.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;

/** AsciidoctorJ, started once in a process: starting it takes most of a build. */
final class Engine {
  /** Kept, since the logging of the JDK forgets the settings of a logger that nobody holds. */
  private static final Logger LOG = Logger.getLogger("asciidoctor");

  /** Loaded, and with it started, when it is first asked for. */
  private static final class Started {
    static final Asciidoctor ASCIIDOCTOR = start();
  }

  private Engine() {}

  /** The engine; for one thread at a time. */
  static Asciidoctor asciidoctor() {
    return Started.ASCIIDOCTOR;
  }

  private static Asciidoctor start() {
    // The chapters are converted once or twice: compiling Ruby for that takes longer.
    System.setProperty("jruby.compile.mode", "OFF");
    // Every message goes through a Reading, which knows what it means.
    LOG.setLevel(Level.OFF);
    Asciidoctor asciidoctor = Asciidoctor.Factory.create();
    try (InputStream mended =
        Objects.requireNonNull(Engine.class.getResourceAsStream("mended.rb"))) {
      asciidoctor.rubyExtensionRegistry().loadClass(mended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return asciidoctor;
  }
}
