package dev.serenade.server.stream;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.StreamLimits;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Routes;
import dev.serenade.server.openapi.Operation;
import dev.serenade.server.work.Admission;
import dev.serenade.server.work.WorkListener;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * Live sound over a WebSocket.
 *
 * <p>A client sends samples in binary messages of any size up to a limit, and the text {@code
 * {"type":"end"}} when it has no more. It is told {@code ready} first, and then what {@code
 * serenade listen} prints: each window when its last sample has come, each segment when it is
 * finished.
 */
public final class StreamRoutes implements Routes, AutoCloseable {

  /** What clients may offer beside a key; it is chosen then, so that no key is sent back. */
  public static final String SUBPROTOCOL = "serenade.v1";

  private static final String PATH = "/v1/stream";
  private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";
  private static final String OPTIONS = "stream-options";
  private static final int LARGEST_TEXT = 1024;
  private static final int CHECK_MS = 250;

  /** How long a client may go on to send after the server was told to stop. */
  public static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private final EmotionRecognizer recognizer;
  private final StreamLimits limits;
  private final List<String> origins;
  private final WorkListener listener;
  private final Admission admission;
  private final Map<String, SoundStream> streams = new ConcurrentHashMap<>();

  /** Streams are scored by turns, so that memory does not grow with their number. */
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "watch-streams");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Prepares the route.
   *
   * @param listener is told what is heard
   */
  public StreamRoutes(
      EmotionRecognizer recognizer, ServerSettings settings, WorkListener listener) {
    this.listener = listener;
    this.recognizer = recognizer;
    this.limits = settings.limits().streams();
    this.origins = settings.corsOrigins();
    this.admission = new Admission(limits.streams());
    var unused =
        watch.scheduleWithFixedDelay(
            () -> streams.values().forEach(SoundStream::check),
            CHECK_MS,
            CHECK_MS,
            TimeUnit.MILLISECONDS);
  }

  /** Sets the limits that the connection keeps by itself. */
  public void configure(JettyWebSocketServletFactory connections) {
    connections.setMaxBinaryMessageSize(limits.messageBytes());
    connections.setMaxTextMessageSize(LARGEST_TEXT);
    // Whoever is idle is told so before that.
    connections.setIdleTimeout(limits.idle().multipliedBy(2).plusSeconds(10));
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.wsBeforeUpgrade(PATH, this::prepare);
    routes.ws(PATH, this::serve);
    StreamOptions.describe(Operation.of("stream", "Hears live sound, over a WebSocket."))
        .description(
            "Samples in binary messages, the text {\"type\":\"end\"} after the last; answers as `serenade"
                + " listen --format jsonl` prints them. The guide for operators has the protocol.")
        .answer(101, "The connection is a WebSocket now.")
        .problems(400, 403, 426)
        .at(routes, HandlerType.GET, PATH, StreamRoutes::refuse);
  }

  /** Returns how many streams are open. */
  public int open() {
    return admission.inside();
  }

  private static void refuse(Context context) {
    StreamOptions.of(context);
    context.header("Upgrade", "websocket");
    throw new ProblemException(426, "upgrade-required", "expected a WebSocket");
  }

  /** Refuses what can be refused with a problem; a browser shows it as code 1006 to its page. */
  private void prepare(Context context) {
    checkOrigin(context);
    context.attribute(OPTIONS, StreamOptions.of(context));
    String offered = Optional.ofNullable(context.header(PROTOCOL_HEADER)).orElse("");
    if (List.of(offered.split("\\s*,\\s*")).contains(SUBPROTOCOL)) {
      context.res().setHeader(PROTOCOL_HEADER, SUBPROTOCOL);
    }
  }

  /** A browser lets any page open a WebSocket to any host, and only says which page it was. */
  private void checkOrigin(Context context) {
    String origin = context.header("Origin");
    if (origin == null || origins.contains(origin)) {
      return;
    }
    String host = Optional.ofNullable(context.header("Host")).orElse("");
    if (!origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
      throw new ProblemException(
          403, "forbidden-origin", "this server takes no streams from other hosts' pages");
    }
  }

  private void serve(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onBinaryMessage(context -> with(context, stream -> stream.hear(context.data())));
    socket.onMessage(context -> with(context, stream -> stream.read(context.message())));
    socket.onClose(
        context -> {
          SoundStream stream = streams.remove(context.sessionId());
          if (stream != null) {
            stream.release();
          }
        });
  }

  private void open(WsContext context) {
    Admission.Ticket ticket;
    try {
      ticket = admission.enter();
    } catch (ProblemException e) {
      StreamEnd end = admission.isOpen() ? StreamEnd.TOO_MANY : StreamEnd.SHUTTING_DOWN;
      String reason =
          admission.isOpen()
              ? "%d streams are open; try again later".formatted(limits.streams())
              : e.detail();
      context.session.close(end.code(), reason, Callback.NOOP);
      return;
    }
    StreamOptions options = context.attribute(OPTIONS);
    SoundStream stream = begin(context, options, ticket);
    streams.put(context.sessionId(), stream);
    stream.greet(recognizer.labels(), options);
    if (!admission.isOpen()) {
      end(stream);
    }
  }

  private SoundStream begin(WsContext context, StreamOptions options, Admission.Ticket ticket) {
    try {
      return new SoundStream(
          context.session,
          options.decoder(),
          EmotionStream.of(recognizer, options.timeline()),
          turns,
          limits,
          ticket,
          listener);
    } catch (RuntimeException | LinkageError e) {
      ticket.close();
      throw e;
    }
  }

  private void with(WsContext context, Consumer<SoundStream> step) {
    SoundStream stream = streams.get(context.sessionId());
    if (stream != null) {
      step.accept(stream);
    }
  }

  /**
   * Takes no more streams, tells the clients of the open ones, hears what they have under way, and
   * closes them; does not wait for it.
   */
  public void stop() {
    admission.stop();
    streams.values().forEach(StreamRoutes::end);
  }

  /** Waits until no stream is open, or for so long; returns whether none is. */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return admission.awaitEmpty(longest);
  }

  private static void end(SoundStream stream) {
    Thread thread =
        new Thread(
            () -> {
              try {
                stream.shutDown(LONGEST_REST);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end-stream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    streams.values().forEach(SoundStream::release);
  }
}
