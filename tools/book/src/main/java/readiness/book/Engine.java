package readiness.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.jruby.AsciidoctorJRuby;

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
    // Nor is Ruby's package manager needed to find two packages in a jar: it takes as long to
    // start.
    System.setProperty("jruby.cli.rubygems.enable", "false");
    System.setProperty("jruby.cli.did_you_mean.enable", "false");
    Asciidoctor asciidoctor = AsciidoctorJRuby.Factory.create(packages());
    try (InputStream mended =
        Objects.requireNonNull(Engine.class.getResourceAsStream("mended.rb"))) {
      asciidoctor.rubyExtensionRegistry().loadClass(mended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return asciidoctor;
  }

  /** Where in the jar of AsciidoctorJ the Ruby is that the book needs. */
  private static List<String> packages() {
    try (JarFile jar = new JarFile(Generator.origin(AsciidoctorJRuby.class).toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.matches("gems/(asciidoctor|rouge)-[0-9.]+/lib/"))
          .map(name -> "uri:classloader:/" + name.substring(0, name.length() - 1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
