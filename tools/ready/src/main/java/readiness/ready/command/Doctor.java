package readiness.ready.command;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import readiness.ready.Desk;
import readiness.ready.book.BookServer;

/** Looks at the machine. */
final class Doctor {
  private static final int OLDEST_KERNEL_MAJOR = 4;
  private static final int OLDEST_KERNEL_MINOR = 5;
  private static final long ENOUGH_DESCRIPTORS = 4_096;
  private static final int USUAL_PORT = 8080;
  private static final Pattern KERNEL = Pattern.compile("^(\\d+)\\.(\\d+)");
  private static final Pattern MAVEN = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)[^ \\n]*");

  private final Desk desk;
  private final List<Symptom> symptoms = new ArrayList<>();

  Doctor(Desk desk) {
    this.desk = desk;
  }

  List<Symptom> examine() {
    symptoms.add(Symptom.good("JDK", Runtime.version() + ", " + System.getProperty("java.home")));
    maven();
    boolean linux = system();
    architecture();
    if (linux) {
      kernel();
      procfs();
      descriptors();
      namespaces();
    }
    writable();
    port();
    program("nginx", "a peer to be measured against", "apt install nginx");
    program("wrk", "a load generator for experiments of your own", "apt install wrk");
    Optional<String> browser =
        List.of("chromium", "chromium-browser", "google-chrome", "firefox").stream()
            .filter(name -> found(name).isPresent())
            .findFirst();
    symptoms.add(
        browser
            .map(name -> Symptom.good("browser", found(name).orElseThrow().toString()))
            .orElseGet(() ->
                Symptom.optional(
                    "browser",
                    "none on the PATH",
                    "Any browser reads the book; one on another machine needs a forwarded port.")));
    return symptoms;
  }

  private void maven() {
    Optional<Path> mvn = found("mvn");
    if (mvn.isEmpty()) {
      symptoms.add(
          Symptom.bad(
              "Maven",
              "no mvn on the PATH",
              "Install 3.8 or newer, for instance: apt install maven"));
      return;
    }
    Matcher version = MAVEN.matcher(output(mvn.get().toString(), "-B", "--version"));
    if (!version.find()) {
      symptoms.add(
          Symptom.bad("Maven", mvn.get() + " does not answer", "See what `mvn --version` says."));
      return;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    String found = version.group().substring("Apache Maven ".length()) + ", " + mvn.get();
    symptoms.add(
        major > 3 || major == 3 && minor >= 8
            ? Symptom.good("Maven", found)
            : Symptom.bad("Maven", found, "3.8 or newer is needed."));
  }

  private boolean system() {
    String name = System.getProperty("os.name");
    boolean linux = name.equals("Linux");
    symptoms.add(
        linux
            ? Symptom.good("system", "Linux " + System.getProperty("os.version"))
            : Symptom.bad(
                "system",
                name + ", and epoll is a call of Linux",
                "The simulated kernel works here, the real one does not: use a Linux machine, a"
                    + " virtual machine, WSL2 or a container."));
    return linux;
  }

  private void architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    symptoms.add(
        switch (name) {
          case "amd64" -> Symptom.good("architecture", "x86-64");
          case "aarch64" ->
              Symptom.optional(
                  "architecture",
                  "aarch64",
                  "The layouts of this architecture are tested, but the workbook has not been run"
                      + " on it.");
          default ->
              Symptom.bad(
                  "architecture",
                  name,
                  "The layouts of structs are those of x86-64 and aarch64 only.");
        });
  }

  private void kernel() {
    Matcher version = KERNEL.matcher(System.getProperty("os.version"));
    boolean enough =
        version.find()
            && (Integer.parseInt(version.group(1)) > OLDEST_KERNEL_MAJOR
                || Integer.parseInt(version.group(1)) == OLDEST_KERNEL_MAJOR
                    && Integer.parseInt(version.group(2)) >= OLDEST_KERNEL_MINOR);
    symptoms.add(
        enough
            ? Symptom.good("kernel", "has EPOLLEXCLUSIVE (4.5 or newer)")
            : Symptom.bad(
                "kernel", System.getProperty("os.version"), "EPOLLEXCLUSIVE needs 4.5 or newer."));
  }

  private void procfs() {
    symptoms.add(
        Files.isDirectory(Path.of("/proc/self/fd"))
            ? Symptom.good("/proc", "descriptors can be counted")
            : Symptom.bad(
                "/proc",
                "is not mounted",
                "Tests look there for descriptors that are left open: mount -t proc proc /proc"));
  }

  private void descriptors() {
    // A JVM raises its own soft limit to the hard one, so the hard one is what counts.
    String limit = output("/bin/sh", "-c", "ulimit -Hn").strip();
    boolean enough =
        limit.equals("unlimited")
            || limit.matches("[0-9]{1,18}") && Long.parseLong(limit) >= ENOUGH_DESCRIPTORS;
    symptoms.add(
        enough
            ? Symptom.good("ulimit -Hn", limit + " descriptors")
            : Symptom.bad(
                "ulimit -Hn",
                limit + " descriptors",
                "Many connections need many: raise nofile in /etc/security/limits.conf, or give a"
                    + " container --ulimit nofile=65536."));
  }

  private void namespaces() {
    boolean works = found("unshare").isPresent() && status("unshare", "-Urn", "true") == 0;
    symptoms.add(
        works
            ? Symptom.good("unshare -Urn", "network namespaces work")
            : Symptom.optional(
                "unshare -Urn",
                "is refused",
                "Experiments with slow or lossy networks are skipped. sysctl"
                    + " kernel.unprivileged_userns_clone=1 may allow it, or a container with"
                    + " --privileged."));
  }

  private void writable() {
    Path root = desk.workbook().root();
    boolean writable = Files.isWritable(root) && Files.isWritable(desk.workbook().labs());
    symptoms.add(
        writable
            ? Symptom.good("folder", root.toString())
            : Symptom.bad(
                "folder", root + " is not yours to write", "Change its owner, or clone it anew."));
  }

  private void port() {
    Optional<String> running = BookServer.running(desk.folder());
    if (running.isPresent()) {
      symptoms.add(Symptom.good("port", "the book is served at " + running.get()));
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), USUAL_PORT));
      symptoms.add(Symptom.good("port", USUAL_PORT + " is free"));
    } catch (IOException e) {
      symptoms.add(
          Symptom.optional(
              "port",
              USUAL_PORT + " is taken",
              "./ready start --port " + (USUAL_PORT + 1) + ", or --port 0 for any that is free."));
    }
  }

  private void program(String name, String what, String install) {
    symptoms.add(
        found(name)
            .map(path -> Symptom.good(name, path.toString()))
            .orElseGet(() -> Symptom.optional(name, "not found: " + what, install)));
  }

  private static Optional<Path> found(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return Optional.empty();
    }
    return List.of(path.split(File.pathSeparator)).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int status(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
