package dev.serenade.server.metrics;

import dev.serenade.server.http.ProblemRoutes;
import dev.serenade.server.http.Routes;
import dev.serenade.server.openapi.Operation;
import dev.serenade.server.work.WorkListener;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts what a server does. Labels have few values, whatever clients send: routes as they are
 * registered, methods of HTTP, codes of problems.
 */
public final class ServerMetrics implements Routes, WorkListener, AutoCloseable {

  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  private static final Duration[] DURATIONS =
      Stream.of(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Counter audioSeconds;
  private final DistributionSummary batches;

  /**
   * Begins to count.
   *
   * @param version of Serenade
   * @param model what the model is called
   */
  public ServerMetrics(String version, String model) {
    new JvmMemoryMetrics().bindTo(registry);
    garbage.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("process.resident.memory", ServerMetrics::residentBytes)
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("serenade.info", () -> 1)
        .tags("version", version, "model", model)
        .register(registry);
    audioSeconds =
        Counter.builder("serenade.audio.seconds")
            .description("Sound that was heard")
            .register(registry);
    batches =
        DistributionSummary.builder("serenade.batch.clips")
            .description("Clips that were computed together")
            .serviceLevelObjectives(1, 2, 4, 8, 16)
            .register(registry);
  }

  /** Adds a number that is asked for each time. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  @Override
  public void batch(int clips) {
    batches.record(clips);
  }

  @Override
  public void heard(double seconds) {
    audioSeconds.increment(seconds);
  }

  /** Counts a request that was answered. */
  public void answered(Context context, double milliseconds) {
    String method = context.method().name();
    Timer.builder("serenade.requests")
        .description("Requests, by route and by what came of them")
        .tags(
            "method",
            METHODS.contains(method) ? method : "other",
            "route",
            route(context),
            "status",
            String.valueOf(context.statusCode()),
            "code",
            Optional.ofNullable(context.<String>attribute(ProblemRoutes.CODE)).orElse("ok"))
        .serviceLevelObjectives(DURATIONS)
        .register(registry)
        .record((long) (milliseconds * 1e6), TimeUnit.NANOSECONDS);
  }

  @Override
  public void jobEnded(String outcome) {
    Counter.builder("serenade.jobs")
        .description("Jobs that have ended, by what came of them")
        .tag("code", outcome)
        .register(registry)
        .increment();
  }

  private static String route(Context context) {
    Endpoint endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null ? "none" : endpoint.path;
  }

  private static double residentBytes() {
    try {
      return Files.readAllLines(PROCESS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  @Override
  public void addTo(RoutesConfig routes) {
    Operation.of("getMetrics", "Gives numbers for Prometheus.")
        .answerOf(200, "The numbers.", "text/plain")
        .at(
            routes,
            HandlerType.GET,
            "/metrics",
            context ->
                context
                    .contentType("text/plain; version=0.0.4; charset=utf-8")
                    .result(registry.scrape().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
