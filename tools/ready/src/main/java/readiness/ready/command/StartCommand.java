package readiness.ready.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;
import readiness.ready.book.BookBuild;
import readiness.ready.book.BookServer;
import readiness.ready.view.Signpost;
import readiness.server.HttpServer;
import readiness.server.Limits;
import readiness.server.Patience;
import readiness.server.StaticFiles;

/** {@code ready start}: serves the book on the server that the book has its readers build. */
@Command(
    name = "start",
    description = "Builds the book if its sources have changed, serves it, and says what is next.")
final class StartCommand extends Action {
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where to serve; 0 takes a free one. ${DEFAULT-VALUE} if left out.")
  private int port;

  @Override
  int run(Desk desk) throws IOException, InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw wrong("'--port %d' is not between 0 and 65535.".formatted(port), "", Stream.of());
    }
    Optional<String> running = BookServer.running(desk.folder());
    if (running.isPresent()) {
      desk.screen().line(" The book is being served already: " + running.get());
      return RIGHT;
    }
    new BookBuild(desk).run();
    try (HttpServer server = serve(BookServer.book(desk.workbook()))) {
      String address = "http://localhost:" + server.address().getPort() + "/";
      BookServer.note(desk.folder(), address);
      Thread stop = new Thread(() -> stop(server, desk), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      greet(desk, address);
      server.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the server has ended: " + e.getCause(), e);
    }
    return RIGHT;
  }

  private HttpServer serve(Path book) throws IOException {
    InetSocketAddress where = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    try {
      int loops = Runtime.getRuntime().availableProcessors();
      return HttpServer.start(where, loops, StaticFiles.each(book), Limits.USUAL, Patience.USUAL);
    } catch (IllegalStateException e) {
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("EADDRINUSE")) {
        throw new NotRight(
            "port %d is taken by another program.".formatted(port),
            "Choose another one: ./ready start --port %d, or --port 0 for any that is free."
                .formatted(port % HIGHEST_PORT + 1));
      }
      if (reason.contains("EACCES")) {
        throw new NotRight(
            "port %d is not for ordinary users.".formatted(port),
            "Choose one above 1023: ./ready start --port 8080");
      }
      throw new NotRight("the server does not start: " + reason, "./ready doctor may say why.");
    }
  }

  private static void stop(HttpServer server, Desk desk) {
    BookServer.forget(desk.folder());
    server.close();
    desk.screen().line();
    desk.screen().line(" Stopped.");
  }

  private static void greet(Desk desk, String address) {
    Screen screen = desk.screen();
    screen.line();
    screen.line(" The book is at   " + screen.bold(address));
    screen.line(" It is served by the server that you are going to build. Ctrl-C stops it.");
    screen.line();
    Optional<Step> next = desk.current();
    if (next.isPresent()) {
      Signpost.print(desk, next.get());
      screen.labelled(1, "Then", 6, "./ready check in another terminal, or ./ready watch");
    } else {
      screen.line(" Every step has passed.");
    }
    screen.out().flush();
  }
}
