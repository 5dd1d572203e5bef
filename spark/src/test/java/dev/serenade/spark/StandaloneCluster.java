package dev.serenade.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of this machine: a master and workers, each a process, and drivers as {@code
 * spark-submit} would start them. All are killed in the end.
 */
final class StandaloneCluster {

  private static final String JAVA_HOME = System.getProperty("java.home");

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static StandaloneCluster start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("home/jars"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    StandaloneCluster cluster = new StandaloneCluster(folder, port);
    cluster.launch(
        "master",
        List.of(),
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--webui-port",
        "0");
    return cluster;
  }

  /** Starts a worker of one core. */
  Worker startWorker(String name) throws IOException {
    Path work = folder.resolve(name);
    Process process =
        launch(
            name,
            List.of(),
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "2g",
            "--work-dir",
            work.toString(),
            master());
    return new Worker(process, work);
  }

  /** A worker, and where its executors write. */
  record Worker(Process process, Path work) {

    /** Kills it, and its executors, as the loss of a machine would. */
    void kill() {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Returns whether it has begun to run tasks of an application. */
    boolean hasExecutor() {
      return process.descendants().findAny().isPresent();
    }
  }

  /** Starts the job, which waits for this many cores. */
  Process startJob(String name, int cores, String... arguments) throws IOException {
    List<String> settings = new ArrayList<>();
    Map.of(
            "spark.master", master(),
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.ui.enabled", "false",
            "spark.executor.memory", "1g",
            "spark.executor.extraClassPath", System.getProperty("java.class.path"),
            "spark.cores.max", String.valueOf(cores),
            "spark.scheduler.minRegisteredResourcesRatio", "1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime", "180s")
        .forEach((key, value) -> settings.add("-D%s=%s".formatted(key, value)));
    Path events = Files.createDirectories(events(name));
    settings.add("-Dspark.eventLog.enabled=true");
    settings.add("-Dspark.eventLog.compress=false");
    settings.add("-Dspark.eventLog.rolling.enabled=false");
    settings.add("-Dspark.eventLog.dir=" + events.toUri());
    List<String> command = new ArrayList<>(List.of("dev.serenade.spark.ScoreJob"));
    command.addAll(List.of(arguments));
    return launch(name, settings, command.toArray(String[]::new));
  }

  private Path events(String job) {
    return folder.resolve("events-" + job);
  }

  /** Returns how many tasks a job has started, by Spark's own record of it. */
  long startedTasks(String job) throws IOException {
    long started = 0;
    try (Stream<Path> files = Files.list(events(job))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          started +=
              lines
                  .filter(line -> line.startsWith("{\"Event\":\"SparkListenerTaskStart\""))
                  // The tasks that write; those that count rows at the end are of other stages.
                  .filter(line -> line.contains("\"Stage ID\":0,"))
                  .count();
        }
      }
    }
    return started;
  }

  /** Returns what a process has printed. */
  String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  private Process launch(String name, List<String> settings, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA_HOME + "/bin/java", "-Xmx512m"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.addAll(settings);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    File log = folder.resolve(name + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("JAVA_HOME", JAVA_HOME);
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Kills all that was started here. */
  void stop() throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      process.descendants().forEach(all::add);
      all.add(process.toHandle());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    for (Process process : processes) {
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
