package dev.serenade.cli.serve;

import dev.serenade.server.ServerLimits;
import dev.serenade.server.StreamLimits;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much a server takes on. */
final class LimitOptions {

  private static final long MEGABYTE = 1 << 20;

  @Option(
      names = "--max-upload",
      paramLabel = "MB",
      description = "Largest upload, in megabytes of 1,048,576 bytes (default: 1024).")
  private Optional<Integer> uploadMegabytes = Optional.empty();

  @Option(
      names = "--max-seconds",
      paramLabel = "SECONDS",
      description = "Longest recording (default: 14400, four hours).")
  private Optional<Double> seconds = Optional.empty();

  @Option(
      names = "--sync-seconds",
      paramLabel = "SECONDS",
      description =
          "Longest recording that is answered at once; longer ones are jobs (default: 60).")
  private Optional<Integer> syncSeconds = Optional.empty();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description = "Requests in hand at once; more are refused with 429 (default: 128).")
  private Optional<Integer> requests = Optional.empty();

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      description = "Jobs that wait or run; more are refused with 429 (default: 16).")
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "By when a short recording must be answered (default: 60).")
  private Optional<Integer> deadlineSeconds = Optional.empty();

  @Option(
      names = "--upload-seconds",
      paramLabel = "SECONDS",
      description = "How long an upload may take (default: 600).")
  private Optional<Integer> uploadSeconds = Optional.empty();

  @Option(
      names = "--drain-seconds",
      paramLabel = "SECONDS",
      description =
          "How long accepted work may take after the server is told to stop (default: 300).")
  private Optional<Integer> drainSeconds = Optional.empty();

  @Option(
      names = "--max-streams",
      paramLabel = "N",
      description = "Live streams that are open at once; more are refused (default: 16).")
  private Optional<Integer> streams = Optional.empty();

  @Option(
      names = "--stream-seconds",
      paramLabel = "SECONDS",
      description = "How long a live stream may be open (default: 14400, four hours).")
  private Optional<Integer> streamSeconds = Optional.empty();

  ServerLimits limits() {
    ServerLimits usual = ServerLimits.DEFAULT;
    return new ServerLimits(
        uploadMegabytes.map(megabytes -> megabytes * MEGABYTE).orElse(usual.uploadBytes()),
        seconds.orElse(usual.seconds()),
        syncSeconds.orElse(usual.syncSeconds()),
        requests.orElse(usual.requests()),
        jobs.orElse(usual.jobs()),
        deadlineSeconds.map(Duration::ofSeconds).orElse(usual.deadline()),
        uploadSeconds.map(Duration::ofSeconds).orElse(usual.uploadTime()),
        drainSeconds.map(Duration::ofSeconds).orElse(usual.drainTime()),
        new StreamLimits(
            streams.orElse(usual.streams().streams()),
            usual.streams().messageBytes(),
            usual.streams().idle(),
            streamSeconds.map(Duration::ofSeconds).orElse(usual.streams().longest())));
  }
}
