package readiness.bench.epoll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import readiness.server.HttpProtocol;
import readiness.server.HttpServer;
import readiness.server.Limits;
import readiness.server.StaticFiles;

/** The server of chapter 6 with a folder, in which the small answer is a file. */
final class LoopFile {
  private static final String NAME = "hello";

  private LoopFile() {}

  /**
   * Serves until the input ends.
   *
   * @param args {@link LoopServer#COUNT} or nothing
   */
  public static void main(String[] args) throws IOException {
    Served.failAsOne();
    Path folder = Files.createTempDirectory("readiness-bench");
    folder.toFile().deleteOnExit();
    Files.write(folder.resolve(NAME), Served.BODY).toFile().deleteOnExit();
    StaticFiles files = new StaticFiles(folder);
    if (args.length > 0) {
      LoopServer.serveCounted(new HttpProtocol(files, Limits.USUAL, System::currentTimeMillis));
    } else {
      try (HttpServer server = HttpServer.start(Served.address(), files)) {
        Served.converse(server.address().getPort());
      }
    }
  }
}
