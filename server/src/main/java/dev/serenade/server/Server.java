package dev.serenade.server;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.history.History;
import dev.serenade.server.history.HistoryArchive;
import dev.serenade.server.history.HistoryRoutes;
import dev.serenade.server.http.AnalysesRoutes;
import dev.serenade.server.http.Archive;
import dev.serenade.server.http.EmbeddingsRoutes;
import dev.serenade.server.http.HealthRoutes;
import dev.serenade.server.http.ModelsRoutes;
import dev.serenade.server.http.ProblemRoutes;
import dev.serenade.server.http.Routes;
import dev.serenade.server.http.SecurityHeaders;
import dev.serenade.server.http.UploadReader;
import dev.serenade.server.metrics.ServerMetrics;
import dev.serenade.server.openapi.OpenApiRoutes;
import dev.serenade.server.page.PageRoutes;
import dev.serenade.server.stream.StreamRoutes;
import dev.serenade.server.work.Admission;
import dev.serenade.server.work.AnalysisService;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Recognises emotion over HTTP.
 *
 * <pre>{@code
 * try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
 *     Server server = Server.start(recognizer, ServerSettings.DEFAULT)) {
 *   System.out.println("http://localhost:" + server.port());
 *   ...
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {

  /** Beside the requests that are in hand there are pages, health and whoever is refused. */
  private static final int MORE_THREADS = 72;

  /** Who follows a job has a thread. */
  private static final int MOST_FOLLOWERS = 48;

  /** How long the last news of jobs may take to be sent. */
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

  private static final long LONGEST_IDLE_GOODBYE_MS = 50;

  /** A client that sends or takes nothing for so long has gone. */
  private static final long IDLE_MS = 30_000;

  private final ServerSettings settings;
  private final Javalin javalin;
  private final Admission admission;
  private final Admission followers;
  private final AnalysisService service;
  private final UploadReader uploads;
  private final StreamRoutes streams;
  private final ServerMetrics metrics;
  private final Optional<History> history;

  private Server(
      ServerSettings settings,
      Javalin javalin,
      Admission admission,
      Admission followers,
      AnalysisService service,
      UploadReader uploads,
      StreamRoutes streams,
      ServerMetrics metrics,
      Optional<History> history) {
    this.settings = settings;
    this.javalin = javalin;
    this.admission = admission;
    this.followers = followers;
    this.service = service;
    this.uploads = uploads;
    this.streams = streams;
    this.metrics = metrics;
    this.history = history;
  }

  /**
   * Starts a server.
   *
   * @param recognizer is not closed with it
   * @throws IOException if the address is taken, a folder cannot be made, or the history cannot be
   *     used
   */
  public static Server start(EmotionRecognizer recognizer, ServerSettings settings)
      throws IOException {
    Optional<History> history = openHistory(settings);
    Optional<HistoryArchive> archive = history.map(HistoryArchive::new);
    UploadReader uploads = UploadReader.create(settings.limits());
    Admission admission = new Admission(settings.limits().requests());
    Admission followers = new Admission(MOST_FOLLOWERS);
    ServerMetrics metrics = new ServerMetrics(settings.version(), settings.modelName());
    AnalysisService service =
        AnalysisService.start(recognizer, settings.limits(), archive.map(kept -> kept), metrics);
    StreamRoutes streams = new StreamRoutes(recognizer, settings, metrics);
    metrics.gauge("serenade.requests.in.hand", "Requests in hand", admission::inside);
    metrics.gauge("serenade.requests.capacity", "Room for requests", settings.limits()::requests);
    metrics.gauge("serenade.jobs.unfinished", "Jobs that wait or run", service.jobs()::unfinished);
    metrics.gauge("serenade.streams.open", "Live streams", streams::open);
    List<Routes> routes =
        List.of(
            new SecurityHeaders(),
            settings.keys(),
            new AnalysesRoutes(
                service,
                uploads,
                admission,
                followers,
                archive.<Archive>map(kept -> kept).orElse(Archive.NONE)),
            new HistoryRoutes(history, recognizer.model().labels()),
            streams,
            new EmbeddingsRoutes(service, uploads, admission),
            new ModelsRoutes(recognizer.model(), settings),
            new HealthRoutes(admission),
            metrics,
            new PageRoutes());
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config, settings, routes);
              config.requestLogger.http(metrics::answered);
              config.jetty.modifyWebSocketServletFactory(streams::configure);
            });
    try {
      javalin.start();
    } catch (JavalinException e) {
      streams.close();
      service.close();
      metrics.close();
      uploads.close();
      history.ifPresent(History::close);
      throw new IOException(
          "cannot listen at %s:%d: %s"
              .formatted(settings.host(), settings.port(), rootCause(e).getMessage()),
          e);
    }
    return new Server(
        settings, javalin, admission, followers, service, uploads, streams, metrics, history);
  }

  private static Optional<History> openHistory(ServerSettings settings) throws IOException {
    return settings.history().isPresent()
        ? Optional.of(History.open(settings.history().get()))
        : Optional.empty();
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  private static void configure(
      JavalinConfig config, ServerSettings settings, List<Routes> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.threadPool = new QueuedThreadPool(settings.limits().requests() + MORE_THREADS, 8);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setIdleTimeout(IDLE_MS);
        });
    config.jetty.modifyServer(
        server -> {
          // What was answered is also sent before the server ends.
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(LONGEST_GOODBYE.toMillis());
        });
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    if (!settings.corsOrigins().isEmpty()) {
      config.bundledPlugins.enableCors(
          cors ->
              cors.addRule(
                  rule -> {
                    settings.corsOrigins().forEach(origin -> rule.allowHost(origin));
                    rule.exposeHeader("Location");
                    rule.exposeHeader("Retry-After");
                  }));
    }
    routes.forEach(some -> some.addTo(config.routes));
    new ProblemRoutes(path -> methods(config.unsafe, path)).addTo(config.routes);
    new OpenApiRoutes(
            () -> endpoints(config.unsafe), settings.version(), settings.keys().areNeeded())
        .addTo(config.routes);
  }

  /** Returns the port that it listens at. */
  public int port() {
    return javalin.port();
  }

  /**
   * Asks itself for its health, its model and its page.
   *
   * @return one line that says what was found
   * @throws IOException if anything is not answered as it should be
   */
  public String check() throws IOException {
    for (String path : List.of("/health/ready", "/openapi.json", "/")) {
      URL url = new URL("http", reachableHost(), port(), path);
      HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      int status = connection.getResponseCode();
      connection.disconnect();
      if (status != 200) {
        throw new IOException("%s: expected status 200, found %d".formatted(path, status));
      }
    }
    return "all is well: model %s, history %s, keys %s"
        .formatted(
            settings.modelName(),
            settings.history().isPresent() ? "on" : "off",
            settings.keys().areNeeded() ? "needed" : "not needed");
  }

  /** Returns all routes, such as {@code GET /v1/models}. */
  public List<String> routes() {
    return endpoints(javalin.unsafe).stream()
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  private static List<String> methods(JavalinState state, String path) {
    return endpoints(state).stream()
        .map(endpoint -> endpoint.method)
        .filter(HandlerType::isHttpMethod)
        .distinct()
        .filter(method -> state.internalRouter.hasHttpHandlerEntry(method, path))
        .map(HandlerType::name)
        .toList();
  }

  private static List<Endpoint> endpoints(JavalinState state) {
    return state.internalRouter.allHttpHandlers().stream().map(parsed -> parsed.endpoint).toList();
  }

  private String reachableHost() {
    return settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
  }

  /**
   * Takes no more work, finishes what was accepted, and ends: within {@link ServerLimits#drainTime}
   * if that is enough.
   */
  @Override
  public void close() {
    admission.stop();
    streams.stop();
    long start = System.nanoTime();
    try {
      admission.awaitEmpty(settings.limits().drainTime());
      Duration left = settings.limits().drainTime().minusNanos(System.nanoTime() - start);
      service.drain(left.isNegative() ? Duration.ZERO : left);
      streams.awaitEnd(LONGEST_GOODBYE.plus(StreamRoutes.LONGEST_REST));
      followers.stop();
      followers.awaitEmpty(LONGEST_GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof AbstractConnector some) {
        // Connections that are kept for a next request need not be waited for.
        some.setShutdownIdleTimeout(LONGEST_IDLE_GOODBYE_MS);
      }
    }
    javalin.stop();
    streams.close();
    service.close();
    try {
      uploads.close();
    } catch (IOException e) {
      // What is left is in the folder for temporary files, which the system empties.
    }
    history.ifPresent(History::close);
    metrics.close();
  }
}
