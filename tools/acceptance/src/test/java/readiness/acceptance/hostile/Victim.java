package readiness.acceptance.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import readiness.measure.Jvm;
import readiness.measure.Respondent;
import readiness.server.HttpServer;
import readiness.server.StaticFiles;

/** The reference server, in a process of its own with little memory. */
final class Victim {
  private Victim() {}

  /** Starts it; the first line that it prints is its port. */
  static Respondent start(Path folder) {
    return Jvm.own()
        .with("-XX:+UseSerialGC", "-Xmx64m")
        .start("the server", Victim.class, folder.toString());
  }

  /**
   * Serves until its input ends.
   *
   * @param args the folder
   */
  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (HttpServer server = HttpServer.start(address, new StaticFiles(Path.of(args[0])))) {
      IO.println(server.address().getPort());
      while (System.in.read() >= 0) {
        // Nobody asks anything: the end is what is waited for.
      }
    }
  }
}
