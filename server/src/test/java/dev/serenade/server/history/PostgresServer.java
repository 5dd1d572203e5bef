package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL for tests, in a temporary folder, at a free port of this machine. Tests are
 * skipped where none is installed, as Debian's package {@code postgresql} does.
 */
final class PostgresServer implements BeforeAllCallback {

  /** It does not run as root. */
  private static final String USER = "postgres";

  private Optional<Path> programs = Optional.empty();
  private Optional<Path> folder = Optional.empty();
  private int port;
  private int databases;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    programs = findPrograms();
    assumeTrue(
        programs.isPresent(), "skipped: no PostgreSQL (apt-get install postgresql brings one)");
    context
        .getStore(ExtensionContext.Namespace.create(PostgresServer.class, this))
        .put("server", (AutoCloseable) this::end);
    Path home = Files.createTempDirectory("serenade-postgres");
    folder = Optional.of(home);
    if (isRoot()) {
      Files.setOwner(
          home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    run("initdb", "--auth=trust", "--username=serenade", "--encoding=UTF8", "-D", data());
    start();
  }

  /** Starts it, at a new port the first time and the same later. */
  void start() throws IOException, InterruptedException {
    if (port == 0) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
    }
    String options =
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off"
            .formatted(port, folder.orElseThrow());
    run("pg_ctl", "-w", "-D", data(), "-l", data() + "/log", "-o", options, "start");
  }

  /** Stops it, as a crash would. */
  void stop() throws IOException, InterruptedException {
    run("pg_ctl", "-w", "-D", data(), "-m", "immediate", "stop");
  }

  private String data() {
    return folder.orElseThrow().resolve("data").toString();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Optional<Path> findPrograms() throws IOException {
    List<Path> places = new ArrayList<>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.sorted(Comparator.reverseOrder()).forEach(v -> places.add(v.resolve("bin")));
      }
    }
    places.add(Path.of("/usr/local/bin"));
    places.add(Path.of("/usr/bin"));
    return places.stream().filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst();
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
    }
    command.add(programs.orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("serenade-postgres", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.orElseThrow().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", program).isTrue();
      assertThat(process.exitValue()).as("%s: %s", program, Files.readString(output)).isZero();
    } finally {
      Files.delete(output);
    }
  }

  /** Makes an empty database, and returns its address. */
  String newDatabase() throws SQLException {
    databases++;
    execute(url("postgres"), "create database test" + databases);
    return url("test" + databases);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=serenade".formatted(port, database);
  }

  static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void end() throws IOException, InterruptedException {
    if (folder.isPresent()) {
      try {
        stop();
      } finally {
        delete(folder.get());
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
