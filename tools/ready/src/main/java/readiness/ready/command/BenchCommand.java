package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;

/** {@code ready bench}: measures a chapter's work beside that of others. */
@Command(
    name = "bench",
    description = {
      "Measures a chapter's work beside named peers: the same work, in turns, each in a process of"
          + " its own. Without a chapter: what can be measured.",
    })
final class BenchCommand extends Action {
  /** The chapters that can be measured. */
  private static final String EPOLL = "epoll";

  private static final String SERIALIZATION = "serialization";

  /** What a reader's codecs need to have written, by what is measured of them. */
  private static final Map<String, List<String>> CODECS =
      Map.of(
          "protobuf", List.of("varint", "protobuf-write", "protobuf-read"),
          "json", List.of("json-write", "json-read"),
          "thrift", List.of("varint", "thrift-binary", "thrift-compact"));

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smh]?)");

  /** What is taken where nothing else is asked for. */
  private static final int ROUNDS = 5;

  private static final double SECONDS = 2;
  private static final int QUICK_ROUNDS = 3;
  private static final double QUICK_SECONDS = 0.5;
  private static final int LONG_ROUNDS = 11;
  private static final double LONG_SECONDS = 5;

  /** A codec is asked ten thousand times in the time in which a server answers one client. */
  private static final double CODEC_SECONDS = 0.15;

  private static final double QUICK_CODEC_SECONDS = 0.05;
  private static final double LONG_CODEC_SECONDS = 0.5;

  private static final int CONNECTIONS = 64;
  private static final int DEPTH = 16;

  private static final int MOST_ROUNDS = 99;
  private static final double LEAST_SECONDS = 0.05;
  private static final double MOST_SECONDS = 600;
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int MOST_DEPTH = 256;
  private static final int MOST_LOOPS = 64;
  private static final int MOST_IDLE = 200_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "CHAPTER",
      description = "A chapter with something to measure: epoll or serialization.")
  private @Nullable String chapter;

  @Option(names = "--mine", description = "Your code of the chapter in place of the reference.")
  private boolean mine;

  @Option(
      names = "--against",
      paramLabel = "PEER",
      description = "What to compare with: netty, or with --mine the reference. Netty if left out.")
  private @Nullable String against;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Of serialization, one only: protobuf, json or thrift.")
  private @Nullable String format;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description =
          "What N idle connections cost, instead: memory, and time of those that are busy.")
  private @Nullable Integer idle;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      description =
          "Clients that misbehave for so long (90s, 5m, 1h), instead, on few descriptors: does"
              + " everything come back right, and is everything given back?")
  private @Nullable String soak;

  @Option(
      names = "--loops",
      paramLabel = "N",
      description =
          "The HTTP server with N loops beside the same with one, instead: processor time for a"
              + " request, and how many more are answered.")
  private @Nullable Integer loops;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured; 5 if left out. Fewer allow no conclusion.")
  private @Nullable Integer rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each measurement takes; 2 if left out, of serialization 0.15.")
  private @Nullable Double seconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "How many connections are busy; 64 if left out.")
  private @Nullable Integer connections;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "How many requests are pipelined; 16 if left out.")
  private @Nullable Integer depth;

  @Option(
      names = "--quick",
      description = "For a look: 3 rounds of half a second, of serialization of 0.05.")
  private boolean quick;

  @Option(
      names = "--long",
      description = "For firmer figures: 11 rounds of 5 seconds, of serialization of 0.5.")
  private boolean longer;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the results go; into .ready/bench/ if left out.")
  private @Nullable Path json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Where the chart goes; into .ready/bench/ if left out.")
  private @Nullable Path svg;

  @Override
  int run(Desk desk) throws IOException, InterruptedException {
    String asked = chapter;
    if (asked == null) {
      printList(desk);
      return RIGHT;
    }
    Chapter measured = chapter(desk, asked);
    boolean codecs = desk.course().chapter(SERIALIZATION).equals(Optional.of(measured));
    requireSense();
    if (codecs) {
      refuseOthers();
    } else {
      refuse(true, EPOLL, format, "--format");
    }
    List<String> settings = new ArrayList<>(codecs ? codecSettings() : settings());
    String name = codecs ? SERIALIZATION + (mine ? "-mine" : "") : name();
    settings.add("json=" + file(json, desk, name + ".json"));
    if (soak == null && loops == null) {
      settings.add("svg=" + file(svg, desk, name + ".svg"));
    }
    if (mine) {
      ReadersCode code =
          codecs ? ReadersCode.codecs(measured, codecsNeeded()) : ReadersCode.loop(measured);
      Optional<Path> classes = code.compile(desk);
      if (classes.isEmpty()) {
        return code.unwritten();
      }
      settings.add("mine=" + classes.get().toAbsolutePath());
    }
    return BenchRun.run(desk, codecs ? SERIALIZATION : EPOLL, what(), settings);
  }

  private List<String> codecsNeeded() {
    return CODECS.entrySet().stream()
        .filter(each -> format == null || each.getKey().equals(format))
        .flatMap(each -> each.getValue().stream())
        .distinct()
        .toList();
  }

  private static void printList(Desk desk) {
    Screen screen = desk.screen();
    Chapter epoll = desk.course().chapter(EPOLL).orElseThrow();
    screen.line(" " + screen.bold(EPOLL) + "   " + epoll.number() + " " + epoll.title());
    screen.line();
    screen.labelled(
        3,
        "./ready bench epoll",
        36,
        "echo and HTTP beside Netty's epoll transport: processor time for a request");
    screen.labelled(
        3,
        "./ready bench epoll --idle 10000",
        36,
        "what idle connections cost: memory, and time of those that are busy");
    screen.labelled(
        3,
        "./ready bench epoll --soak 5m",
        36,
        "clients that reset, half-close, read slowly or never, and few descriptors");
    screen.labelled(
        3,
        "./ready bench epoll --loops 2",
        36,
        "the HTTP server with two loops beside the same with one");
    screen.line();
    Chapter codecs = desk.course().chapter(SERIALIZATION).orElseThrow();
    screen.line(" " + screen.bold(SERIALIZATION) + "   " + codecs.number() + " " + codecs.title());
    screen.line();
    screen.labelled(
        3,
        "./ready bench serialization",
        36,
        "Protobuf, JSON and Thrift beside protobuf-java, Jackson and libthrift: time and heap for"
            + " a message");
    screen.line();
    screen.paragraph(
        3,
        "With --mine it is your code that is measured. ./ready bench --help says what else there"
            + " is.");
  }

  private Chapter chapter(Desk desk, String asked) {
    Optional<Chapter> found = desk.course().chapter(asked);
    List<Chapter> measured =
        Stream.of(EPOLL, SERIALIZATION)
            .flatMap(each -> desk.course().chapter(each).stream())
            .toList();
    if (found.isPresent() && measured.contains(found.get())) {
      return found.get();
    }
    String what =
        found.isPresent()
            ? "there is nothing to measure in chapter '%s' yet; there is in %s and %s."
            : "there is no chapter '%s' to measure; there are %s and %s.";
    throw wrong(
        what.formatted(asked, EPOLL, SERIALIZATION), asked, Stream.of(EPOLL, SERIALIZATION));
  }

  private void requireSense() {
    if (idle != null && soak != null) {
      throw wrong("'--idle' and '--soak' are two measurements; choose one.", "", Stream.of());
    }
    if (loops != null && (idle != null || soak != null)) {
      throw wrong(
          "'--loops' and '%s' are two measurements; choose one."
              .formatted(idle != null ? "--idle" : "--soak"),
          "",
          Stream.of());
    }
    refuse(quick, "--quick", longer ? true : null, "--long");
    refuse(loops != null, "--loops", svg, "--svg");
    refuse(loops != null, "--loops", against, "--against");
    refuse(soak != null, "--soak", rounds, "--rounds");
    refuse(soak != null, "--soak", seconds, "--seconds");
    refuse(soak != null, "--soak", connections, "--connections");
    refuse(soak != null, "--soak", svg, "--svg");
    refuse(soak != null, "--soak", against, "--against");
    refuse(soak != null, "--soak", quick ? true : null, "--quick");
    refuse(soak != null, "--soak", longer ? true : null, "--long");
    refuse(soak != null, "--soak", depth, "--depth");
    refuse(idle != null, "--idle", depth, "--depth");
    if (against != null && !List.of("netty", "reference").contains(against)) {
      throw wrong(
          "'--against %s' is neither netty nor reference.".formatted(against),
          against,
          Stream.of("netty", "reference"));
    }
    if ("reference".equals(against) && !mine) {
      throw wrong(
          "'--against reference' goes with --mine: the reference is what is measured otherwise.",
          "",
          Stream.of());
    }
  }

  /** What is asked of servers makes no sense for codecs. */
  private void refuseOthers() {
    refuse(true, SERIALIZATION, idle, "--idle");
    refuse(true, SERIALIZATION, soak, "--soak");
    refuse(true, SERIALIZATION, loops, "--loops");
    refuse(true, SERIALIZATION, against, "--against");
    refuse(true, SERIALIZATION, connections, "--connections");
    refuse(true, SERIALIZATION, depth, "--depth");
    if (format != null && !CODECS.containsKey(format)) {
      throw wrong(
          "'--format %s' is none of protobuf, json and thrift.".formatted(format),
          format,
          CODECS.keySet().stream());
    }
  }

  private void refuse(boolean when, String what, @Nullable Object other, String name) {
    if (when && other != null) {
      throw wrong("'%s' does not go with '%s'.".formatted(name, what), "", Stream.of());
    }
  }

  private String what() {
    if (soak != null) {
      return "soak";
    }
    if (loops != null) {
      return "loops";
    }
    return idle != null ? "idle" : "contest";
  }

  /** Of the files, where none is named. */
  private String name() {
    String kind = what().equals("contest") ? "" : "-" + what();
    return EPOLL + kind + (mine ? "-mine" : "");
  }

  private List<String> settings() {
    if (soak != null) {
      return List.of("seconds=" + duration(soak));
    }
    List<String> settings = new ArrayList<>();
    settings.add(rounds());
    settings.add("seconds=" + seconds(QUICK_SECONDS, SECONDS, LONG_SECONDS));
    settings.add(
        "connections=" + within("--connections", or(connections, CONNECTIONS), MOST_CONNECTIONS));
    settings.add("depth=" + within("--depth", or(depth, DEPTH), MOST_DEPTH));
    if (idle != null) {
      settings.add("idle=" + within("--idle", idle, MOST_IDLE));
    }
    if (loops != null) {
      if (loops < 2 || loops > MOST_LOOPS) {
        throw wrong(
            "'--loops %d' is not between 2 and %d.".formatted(loops, MOST_LOOPS), "", Stream.of());
      }
      settings.add("loops=" + loops);
    }
    if (against != null) {
      settings.add("against=" + against);
    }
    return settings;
  }

  private List<String> codecSettings() {
    List<String> settings = new ArrayList<>();
    settings.add(rounds());
    settings.add("seconds=" + seconds(QUICK_CODEC_SECONDS, CODEC_SECONDS, LONG_CODEC_SECONDS));
    if (format != null) {
      settings.add("format=" + format);
    }
    return settings;
  }

  private String rounds() {
    int otherwise = quick ? QUICK_ROUNDS : longer ? LONG_ROUNDS : ROUNDS;
    return "rounds=" + within("--rounds", or(rounds, otherwise), MOST_ROUNDS);
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  private int within(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw wrong("'%s %d' is not between 1 and %d.".formatted(name, value, most), "", Stream.of());
    }
    return value;
  }

  /** How long each measurement takes: one of three, if nothing else is asked for. */
  private double seconds(double shortest, double usual, double longest) {
    double otherwise = quick ? shortest : longer ? longest : usual;
    double value = seconds == null ? otherwise : seconds;
    if (!(value >= LEAST_SECONDS && value <= MOST_SECONDS)) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "'--seconds %s' is not between %s and %s.",
              value,
              LEAST_SECONDS,
              MOST_SECONDS),
          "",
          Stream.of());
    }
    return value;
  }

  private int duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong("'--soak %s' is not a time such as 90s or 5m.".formatted(text), "", Stream.of());
    }
    int unit =
        switch (matcher.group(2)) {
          case "h" -> 3600;
          case "m" -> 60;
          default -> 1;
        };
    return Integer.parseInt(matcher.group(1)) * unit;
  }

  /** The file to write, before anything is measured for it in vain. */
  private Path file(@Nullable Path asked, Desk desk, String name) throws IOException {
    Path file = asked == null ? desk.folder().resolve("bench").resolve(name) : asked;
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw wrong("'%s' is a folder; name a file.".formatted(file), "", Stream.of());
    }
    if (asked == null) {
      Files.createDirectories(folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new NotRight(
          "cannot write %s.".formatted(file),
          "Name a file in a folder that is there and is yours.");
    }
    return file.toAbsolutePath();
  }
}
