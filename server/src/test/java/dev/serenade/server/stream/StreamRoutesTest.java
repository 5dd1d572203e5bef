package dev.serenade.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.serenade.analysis.AnalysisJson;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.server.Server;
import dev.serenade.server.ServerLimits;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.StreamLimits;
import dev.serenade.server.TestClient;
import dev.serenade.server.TestSounds;
import dev.serenade.server.http.ApiKeys;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRoutesTest {

  private static final String END = "{\"type\":\"end\"}";
  private static final int GOING_AWAY = 1001;
  private static final int BAD_DATA = 1003;
  private static final int POLICY = 1008;
  private static final int TOO_BIG = 1009;
  private static final int TRY_LATER = 1013;

  private static EmotionRecognizer recognizer;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    recognizer = EmotionRecognizer.loadDefault();
    server = Server.start(recognizer, settings());
  }

  @AfterAll
  static void stop() {
    server.close();
    recognizer.close();
  }

  private static ServerSettings settings() {
    return ServerSettings.DEFAULT.at("127.0.0.1", 0);
  }

  private static ServerSettings settings(StreamLimits limits) {
    return settings().withLimits(ServerLimits.DEFAULT.withStreams(limits));
  }

  /** Samples of 16 bits at 16 kHz: a WAV without its head. */
  private static byte[] samples(double seconds) throws IOException {
    byte[] wav = TestSounds.speech(seconds);
    return Arrays.copyOfRange(wav, 44, wav.length);
  }

  @Test
  void aStreamIsHeardAsARecordingIs() throws Exception {
    StreamClient client = StreamClient.connect(server.port(), "?window=4&hop=2");
    client.sendAll(samples(13), 10_001);
    client.say(END);

    assertThat(client.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    Waveform sound = AudioDecoder.create().decode(TestSounds.speech(13), "a.wav");
    List<TimelineSegment> expected = new Timeline(4, 2).of(recognizer, sound);
    assertSegments(client.heard("segment"), expected);
    assertThat(client.heard("window")).hasSize(6);
    assertThat(client.greeting().get("type").getAsString()).isEqualTo("ready");
    assertThat(client.greeting().getAsJsonArray("labels")).hasSize(recognizer.labels().size());
  }

  private static void assertSegments(List<JsonObject> found, List<TimelineSegment> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      JsonObject wanted = AnalysisJson.segment(expected.get(i));
      for (String name : List.of("startSeconds", "endSeconds", "confidence")) {
        assertThat(found.get(i).get(name).getAsDouble())
            .isCloseTo(wanted.get(name).getAsDouble(), within(2e-4));
      }
      assertThat(found.get(i).get("emotion")).isEqualTo(wanted.get("emotion"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 997, 65_536, 300_000})
  void messagesMayPartASample(int portion) throws Exception {
    byte[] sound = samples(portion == 1 ? 0.6 : 6);
    StreamClient whole = StreamClient.connect(server.port(), "?window=2&hop=1");
    whole.sendAll(sound, 1 << 20);
    whole.say(END);
    StreamClient parts = StreamClient.connect(server.port(), "?window=2&hop=1");
    parts.sendAll(sound, portion);
    parts.say(END);

    assertThat(parts.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(whole.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    List<JsonObject> expected = whole.heard("window");
    assertThat(expected).isNotEmpty();
    assertThat(parts.heard("window")).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      JsonObject found = parts.heard("window").get(i);
      assertThat(found.get("endSeconds")).isEqualTo(expected.get(i).get("endSeconds"));
      assertThat(found.get("confidence").getAsDouble())
          .isCloseTo(expected.get(i).get("confidence").getAsDouble(), within(2e-4));
    }
  }

  @Test
  void floatsOfSeveralChannelsAreHeardToo() throws Exception {
    ByteBuffer shorts = ByteBuffer.wrap(samples(5)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer floats = ByteBuffer.allocate(4 * shorts.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    while (shorts.hasRemaining()) {
      float sample = shorts.getShort() / 32768f;
      floats.putFloat(sample).putFloat(sample);
    }
    StreamClient stereo = StreamClient.connect(server.port(), "?format=f32&channels=2");
    stereo.sendAll(floats.array(), 100_003);
    stereo.say(END);
    StreamClient mono = StreamClient.connect(server.port(), "");
    mono.sendAll(shorts.array(), 100_003);
    mono.say(END);

    assertThat(stereo.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(mono.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(mono.heard("window")).hasSize(2);
    assertThat(stereo.heard("window")).isEqualTo(mono.heard("window"));
  }

  @Test
  void nothingAtAllIsHeardAsNothing() throws Exception {
    StreamClient client = StreamClient.connect(server.port(), "");
    client.say(END);

    assertThat(client.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(client.heard("window")).isEmpty();
  }

  @Test
  void theServerReadsNoFasterThanItScores() throws Exception {
    StreamClient client =
        StreamClient.connect(server.port(), "?format=f32&rate=48000&channels=8&window=4&hop=0.25");
    client.greeting();
    ByteBuffer second = ByteBuffer.allocate(4 * 8 * 48_000 / 2).order(ByteOrder.LITTLE_ENDIAN);
    Waveform speech = AudioDecoder.create().decode(TestSounds.speech(1), "a.wav");
    for (int i = 0; second.hasRemaining(); i++) {
      second.putFloat(speech.get(i / 24 % speech.length()));
    }
    long sent = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    CompletableFuture<WebSocket> sending = client.send(second.array());
    while (System.nanoTime() < end) {
      try {
        sending.get(100, TimeUnit.MILLISECONDS);
        sent += second.capacity();
        sending = client.send(second.array());
      } catch (TimeoutException e) {
        // The server does not read at the moment: that is what is tested.
      }
    }
    List<JsonObject> windows = client.heard("window");
    double heardSeconds =
        windows.isEmpty() ? 0 : windows.get(windows.size() - 1).get("endSeconds").getAsDouble();
    client.socket().abort();

    // What is under way: a message, and what the sockets of both sides hold.
    double sentSeconds = sent / (4.0 * 8 * 48_000);
    assertThat(sent).isPositive();
    assertThat((sentSeconds - heardSeconds) * 4 * 8 * 48_000).isLessThan(24 << 20);
  }

  @Test
  void whatIsNoNumberEndsAStream() throws Exception {
    StreamClient client = StreamClient.connect(server.port(), "?format=f32");
    byte[] sound = new byte[64_000];
    ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).putFloat(32_000, Float.NaN);
    client.send(sound).join();

    assertThat(client.closeCode()).isEqualTo(BAD_DATA);
    assertThat(client.closeReason())
        .isEqualTo("raw samples: finite samples expected, found NaN at 0.500 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{}", "[]", "{\"type\":\"start\"}", "{\"type\":[1,2]}", "\"\""})
  void aTextThatMeansNothingEndsAStream(String text) throws Exception {
    StreamClient client = StreamClient.connect(server.port(), "");
    client.say(text);

    assertThat(client.closeCode()).isEqualTo(BAD_DATA);
  }

  @Test
  void aMessageThatIsTooLargeEndsAStream() throws Exception {
    StreamClient client = StreamClient.connect(server.port(), "");
    client.send(new byte[(1 << 20) + 1]).exceptionally(e -> client.socket()).join();
    assertThat(client.closeCode()).isEqualTo(TOO_BIG);

    StreamClient other = StreamClient.connect(server.port(), "");
    other.say(" ".repeat(2000));
    assertThat(other.closeCode()).isEqualTo(TOO_BIG);
  }

  @Test
  void anIdleStreamIsEndedAndSoIsOneThatLastsTooLong() throws Exception {
    StreamLimits hasty =
        new StreamLimits(16, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(3));
    try (Server small = Server.start(recognizer, settings(hasty))) {
      StreamClient idle = StreamClient.connect(small.port(), "");
      StreamClient busy = StreamClient.connect(small.port(), "");
      for (int i = 0; i < 12; i++) {
        busy.send(new byte[320]).exceptionally(e -> busy.socket()).join();
        Thread.sleep(300);
      }
      assertThat(idle.closeCode()).isEqualTo(POLICY);
      assertThat(idle.closeReason()).isEqualTo("nothing came for 1 s");
      assertThat(busy.closeCode()).isEqualTo(POLICY);
      assertThat(busy.closeReason()).isEqualTo("a stream may be open for 3 s");
    }
  }

  @Test
  void moreStreamsThanThereIsRoomForAreRefused() throws Exception {
    StreamLimits one = new StreamLimits(1, 1 << 20, Duration.ofMinutes(1), Duration.ofHours(1));
    try (Server small = Server.start(recognizer, settings(one))) {
      StreamClient first = StreamClient.connect(small.port(), "");
      first.greeting();
      StreamClient second = StreamClient.connect(small.port(), "");
      assertThat(second.closeCode()).isEqualTo(TRY_LATER);
      assertThat(second.closeReason()).isEqualTo("1 streams are open; try again later");

      first.say(END);
      assertThat(first.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
      StreamClient third = StreamClient.connect(small.port(), "");
      third.say(END);
      assertThat(third.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
      third.socket().abort();

      StreamClient gone = StreamClient.connect(small.port(), "");
      gone.greeting();
      gone.socket().abort();
      assertThat(roomComesBack(small)).isTrue();
    }
  }

  /** A client that has gone without a word is noticed when its connection is. */
  private static boolean roomComesBack(Server small) throws Exception {
    for (int i = 0; i < 50; i++) {
      StreamClient next = StreamClient.connect(small.port(), "");
      next.say(END);
      if (next.closeCode() == WebSocket.NORMAL_CLOSURE) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  @Test
  void whatWasSentIsScoredBeforeAServerEnds() throws Exception {
    Server ending = Server.start(recognizer, settings());
    StreamClient client = StreamClient.connect(ending.port(), "?window=2&hop=1");
    client.sendAll(samples(9), 20_000);
    ending.close();

    assertThat(client.closeCode()).isEqualTo(GOING_AWAY);
    assertThat(client.heard("shutting-down")).hasSize(1);
    assertThat(client.heard("window")).hasSize(8);
    double end =
        client.heard("segment").stream()
            .mapToDouble(segment -> segment.get("endSeconds").getAsDouble())
            .max()
            .orElse(0);
    assertThat(end).isGreaterThan(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?format=mp3",
        "?rate=999",
        "?rate=16k",
        "?channels=65",
        "?window=31",
        "?window=4&hop=5",
        "?hop=0.1",
        "?hop=NaN",
        "?volume=11",
        "?rate=8000&rate=16000"
      })
  void aWrongOptionIsRefusedBeforeTheStreamBegins(String query) {
    assertThat(refusal(HttpClient.newHttpClient().newWebSocketBuilder(), server.port(), query))
        .isEqualTo(400);
  }

  private static int refusal(
      WebSocket.Builder builder, int port, String query, String... protocols) {
    try {
      StreamClient.connect(builder, port, query, protocols);
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  private static WebSocket.Builder from(String origin) {
    return HttpClient.newHttpClient().newWebSocketBuilder().header("Origin", origin);
  }

  @Test
  void pagesOfOtherHostsMayOpenNoStream() throws Exception {
    assertThat(refusal(from("https://evil.example"), server.port(), "")).isEqualTo(403);
    assertThat(refusal(from("null"), server.port(), "")).isEqualTo(403);
    assertThat(refusal(from("http://127.0.0.1:" + server.port()), server.port(), ""))
        .isEqualTo(101);
    try (Server open =
        Server.start(
            recognizer, settings().withAccess(ApiKeys.none(), List.of("https://a.example")))) {
      assertThat(refusal(from("https://a.example"), open.port(), "")).isEqualTo(101);
    }
  }

  @Test
  void aKeyMayComeAsASubprotocol() throws Exception {
    String key = ApiKeys.generate();
    ServerSettings locked =
        settings().withAccess(ApiKeys.ofHashes(List.of(ApiKeys.hash(key))), List.of());
    try (Server closed = Server.start(recognizer, locked)) {
      HttpClient http = HttpClient.newHttpClient();
      assertThat(refusal(http.newWebSocketBuilder(), closed.port(), "")).isEqualTo(401);
      assertThat(
              refusal(
                  http.newWebSocketBuilder(), closed.port(), "", "serenade.v1", "serenade.key.no"))
          .isEqualTo(401);
      String offer = ApiKeys.SUBPROTOCOL_PREFIX + key;
      StreamClient both = StreamClient.connect(closed.port(), "", offer, StreamRoutes.SUBPROTOCOL);
      assertThat(both.socket().getSubprotocol()).isEqualTo("serenade.v1");
      both.say(END);
      assertThat(both.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
      StreamClient alone = StreamClient.connect(closed.port(), "", offer);
      alone.say(END);
      assertThat(alone.closeCode()).isEqualTo(WebSocket.NORMAL_CLOSURE);
      WebSocket.Builder header =
          http.newWebSocketBuilder().header("Authorization", "Bearer " + key);
      assertThat(refusal(header, closed.port(), "")).isEqualTo(101);
    }
  }

  @Test
  void whoeverAsksWithoutAWebSocketIsToldSo() throws Exception {
    TestClient.Answer answer = new TestClient(server.port()).get("/v1/stream");
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.code()).isEqualTo("upgrade-required");
    assertThatThrownBy(() -> StreamClient.connect(server.port(), "/nothing"))
        .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
  }
}
