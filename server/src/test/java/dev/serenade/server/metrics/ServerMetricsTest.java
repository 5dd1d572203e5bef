package dev.serenade.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerLimits;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.TestClient;
import dev.serenade.server.TestClient.Answer;
import dev.serenade.server.TestSounds;
import dev.serenade.server.http.ApiKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private static final String ANALYSES = "/v1/analyses";

  private static EmotionRecognizer recognizer;
  private Server server;
  private TestClient client;

  @BeforeAll
  static void load() throws Exception {
    recognizer = EmotionRecognizer.loadDefault();
  }

  @AfterAll
  static void unload() {
    recognizer.close();
  }

  @BeforeEach
  void start() throws Exception {
    server = Server.start(recognizer, settings().named("default", "1.2.3"));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ServerSettings settings() {
    return ServerSettings.DEFAULT
        .at("127.0.0.1", 0)
        .withLimits(ServerLimits.DEFAULT.withRecordings(4 << 20, 100, 8));
  }

  /** Values by name and labels, such as {@code serenade_jobs_total{code="done"}}. */
  private Map<String, Double> metrics() throws Exception {
    return client
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
  }

  @Test
  void requestsAreCountedByRouteAndAnalysesByWhatCameOfThem() throws Exception {
    client.post(ANALYSES, TestSounds.bytes("angry-09b10Wa.flac"));
    client.post(ANALYSES, "hello".getBytes(StandardCharsets.UTF_8));
    client.post("/v1/embeddings", TestSounds.speech(3));
    client.get(ANALYSES + "/nothing");

    Map<String, Double> found = metrics();

    String count =
        "serenade_requests_seconds_count{code=\"%s\",method=\"%s\",route=\"%s\",status=\"%s\"}";
    assertThat(found)
        .containsEntry(count.formatted("ok", "POST", ANALYSES, 200), 1.0)
        .containsEntry(count.formatted("not-audio", "POST", ANALYSES, 415), 1.0)
        .containsEntry(count.formatted("not-found", "GET", ANALYSES + "/{id}", 404), 1.0)
        .containsEntry("serenade_batch_clips_count", 2.0)
        .containsEntry("serenade_requests_in_hand", 0.0)
        .containsEntry("serenade_requests_capacity", 128.0)
        .containsEntry("serenade_streams_open", 0.0);
    assertThat(found.get("serenade_audio_seconds_total")).isBetween(5.0, 5.5);
  }

  @Test
  void jobsAreCountedWhenTheyEnd() throws Exception {
    Answer job = client.post(ANALYSES, TestSounds.speech(20));
    client.get(job.header("Location") + "/events");
    Answer broken =
        client.post(ANALYSES + "?prefer=async", "hello".getBytes(StandardCharsets.UTF_8));
    client.get(broken.header("Location") + "/events");

    Map<String, Double> found = settled();

    assertThat(found)
        .containsEntry("serenade_jobs_total{code=\"ok\"}", 1.0)
        .containsEntry("serenade_jobs_total{code=\"not-audio\"}", 1.0)
        .containsEntry("serenade_audio_seconds_total", 20.0);
  }

  /** A job is told to be over a moment before its place is free. */
  private Map<String, Double> settled() throws Exception {
    Map<String, Double> found = metrics();
    for (int i = 0; i < 100 && found.getOrDefault("serenade_jobs_unfinished", 0.0) > 0; i++) {
      Thread.sleep(20);
      found = metrics();
    }
    return found;
  }

  @Test
  void soundOfStreamsCountsToo() throws Exception {
    WebSocket stream =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + server.port() + "/v1/stream"),
                new WebSocket.Listener() {})
            .get();
    stream.sendBinary(ByteBuffer.allocate(64_000), true).get();
    Map<String, Double> found = metrics();
    for (int i = 0; i < 100 && found.getOrDefault("serenade_audio_seconds_total", 0.0) == 0; i++) {
      Thread.sleep(20);
      found = metrics();
    }

    assertThat(found)
        .containsEntry("serenade_audio_seconds_total", 2.0)
        .containsEntry("serenade_streams_open", 1.0);
    stream.abort();
  }

  @Test
  void aServerTellsHowItsProcessDoes() throws Exception {
    Answer answer = client.get("/metrics");

    assertThat(answer.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
    Map<String, Double> found = metrics();
    assertThat(found.keySet().stream().map(name -> name.replaceFirst("\\{.*", "")))
        .contains(
            "serenade_info",
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "process_uptime_seconds",
            "process_cpu_usage");
    assertThat(answer.text()).contains("version=\"1.2.3\"");
    if (System.getProperty("os.name").equals("Linux")) {
      assertThat(found.get("process_resident_memory_bytes")).isBetween(5e7, 1e11);
      assertThat(found.get("process_files_open_files")).isBetween(10.0, 1e5);
    }
  }

  @Test
  void clientsCannotMakeLabelsMany() throws Exception {
    strange("warm");
    metrics();
    Set<String> before = ours();
    for (int i = 0; i < 50; i++) {
      strange("x" + i);
    }

    assertThat(ours()).isEqualTo(before);
  }

  @Test
  void whoeverIsRefusedIsToldSoon() throws Exception {
    client.get("/metrics");
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      client.send(client.request("/v1/models").PUT(BodyPublishers.ofString("hello")));
      client.post(ANALYSES + "?channel=x", "hello".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private Set<String> ours() throws Exception {
    Set<String> names = new TreeSet<>(metrics().keySet());
    names.removeIf(name -> !name.startsWith("serenade"));
    return names;
  }

  private void strange(String word) throws Exception {
    client.get("/" + word);
    client.get("/page/" + word + ".js");
    client.get(ANALYSES + "/" + word);
    client.get(ANALYSES + "?limit=" + word);
    client.post(ANALYSES + "?channel=" + word, word.getBytes(StandardCharsets.UTF_8));
    client.send(
        client
            .request("/v1/models")
            .method(word.toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
    client.send(client.request("/" + word).header("User-Agent", word));
  }

  @Test
  void withKeysMetricsNeedOne() throws Exception {
    String key = ApiKeys.generate();
    ApiKeys keys = ApiKeys.ofHashes(List.of(ApiKeys.hash(key)));
    try (Server locked = Server.start(recognizer, settings().withAccess(keys, List.of()))) {
      TestClient other = new TestClient(locked.port());
      assertThat(other.get("/metrics").status()).isEqualTo(401);
      Answer allowed =
          other.send(other.request("/metrics").header("Authorization", "Bearer " + key));
      assertThat(allowed.status()).isEqualTo(200);
    }
  }
}
