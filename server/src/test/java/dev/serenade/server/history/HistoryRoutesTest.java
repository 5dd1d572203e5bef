package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.TestClient;
import dev.serenade.server.TestClient.Answer;
import dev.serenade.server.TestSounds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryRoutesTest {

  private static final String ANALYSES = "/v1/analyses";
  private static final String ANGRY = "angry-09b10Wa.flac";

  private static EmotionRecognizer recognizer;

  @TempDir private Path folder;
  private Server server;
  private TestClient client;

  @BeforeAll
  static void load() throws IOException {
    recognizer = EmotionRecognizer.loadDefault();
  }

  @AfterAll
  static void unload() {
    recognizer.close();
  }

  @BeforeEach
  void start() throws IOException {
    server =
        Server.start(
            recognizer,
            ServerSettings.DEFAULT
                .at("127.0.0.1", 0)
                .withHistory(HistorySettings.in(folder.resolve("history"))));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String post(String name) throws Exception {
    Answer answer = client.post(ANALYSES + "?name=" + name, TestSounds.bytes(ANGRY));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    String id = answer.json().get("id").getAsString();
    assertThat(answer.header("Location")).isEqualTo(ANALYSES + "/" + id);
    return id;
  }

  private Answer correct(String id, String json) throws Exception {
    return client.send(
        client
            .request("%s/%s/correction".formatted(ANALYSES, id))
            .PUT(BodyPublishers.ofString(json)));
  }

  private HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void anAnalysisIsKeptAsItWasAnswered() throws Exception {
    Answer answer = client.post(ANALYSES + "?timeline=true&name=" + ANGRY, TestSounds.bytes(ANGRY));
    String id = answer.json().get("id").getAsString();
    JsonObject result = answer.json();
    result.remove("id");

    JsonObject kept = client.get(ANALYSES + "/" + id).json();

    assertThat(kept.keySet())
        .containsExactly("id", "file", "status", "createdAt", "result", "hasAudio");
    assertThat(kept.getAsJsonObject("result")).isEqualTo(result);
    assertThat(kept.get("status").getAsString()).isEqualTo("done");
    assertThat(kept.get("hasAudio").getAsBoolean()).isTrue();
  }

  @Test
  void aJobIsKeptOnceItIsDone() throws Exception {
    Answer accepted = client.post(ANALYSES + "?prefer=async", TestSounds.bytes(ANGRY));
    String path = accepted.header("Location");
    assertThat(accepted.status()).isEqualTo(202);
    client.get(path + "/events");

    JsonObject kept = client.get(path).json();
    assertThat(kept.get("hasAudio").getAsBoolean()).isTrue();
    assertThat(client.get(ANALYSES).json().getAsJsonArray("analyses")).hasSize(1);
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(bytes(path + "/audio").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    for (int i = 0; i < 5; i++) {
      post(i + ".flac");
    }

    JsonObject first = client.get(ANALYSES + "?limit=3").json();
    String next = first.get("next").getAsString();
    JsonObject second = client.get(ANALYSES + "?limit=3&cursor=" + next).json();

    assertThat(files(first)).containsExactly("4.flac", "3.flac", "2.flac");
    assertThat(files(second)).containsExactly("1.flac", "0.flac");
    assertThat(second.has("next")).isFalse();
    Answer wrong = client.get(ANALYSES + "?cursor=me");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().get("detail").getAsString())
        .isEqualTo("cursor: expected what a page calls next, found me");
  }

  private static String[] files(JsonObject page) {
    JsonArray analyses = page.getAsJsonArray("analyses");
    return analyses.asList().stream()
        .map(one -> one.getAsJsonObject().get("file").getAsString())
        .toArray(String[]::new);
  }

  @Test
  void aCorrectionIsToldCountedAndForgotten() throws Exception {
    String id = post("call.flac");

    Answer corrected = correct(id, "{\"emotion\": \"sad\", \"speaker\": \" Anna \"}");

    assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
    JsonObject correction = corrected.json().getAsJsonObject("correction");
    assertThat(correction.keySet()).containsExactly("emotion", "speaker", "correctedAt");
    assertThat(correction.get("speaker").getAsString()).isEqualTo("Anna");
    assertThat(client.get(ANALYSES + "/" + id).json()).isEqualTo(corrected.json());
    assertThat(client.get("/v1/corrections").text())
        .isEqualTo("{\"count\":1,\"byEmotion\":{\"sad\":1}}");
    String path = "%s/%s/correction".formatted(ANALYSES, id);
    assertThat(client.delete(path).status()).isEqualTo(204);
    assertThat(client.delete(path).status()).isEqualTo(404);
    assertThat(client.get("/v1/corrections").text()).isEqualTo("{\"count\":0,\"byEmotion\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"emotion\":\"bored\"} | emotion: expected one of angry, happy, neutral, sad, found bored",
        "{} | emotion: expected one of angry, happy, neutral, sad, found none",
        "{\"emotion\":7} | emotion: expected text, found 7",
        "{\"emotion\":\"sad\",\"speaker\":[]} | speaker: expected text, found []",
        "{\"emotion\":\"sad\",\"speaker\":\"a\\nb\"} | speaker: expected at most 100 printable",
        "{\"emotion\":\"sad\",\"mood\":1} | expected emotion and speaker, found mood",
        "[] | expected a JSON object such as",
        "sad} | expected a JSON object such as",
      })
  void aWrongCorrectionIsNamed(String body, String detail) throws Exception {
    String id = post("call.flac");

    Answer answer = correct(id, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad-request");
    assertThat(answer.json().get("detail").getAsString()).startsWith(detail);
  }

  @Test
  void whatIsTooLargeOrNotKeptIsRefused() throws Exception {
    assertThat(correct("none", "{\"emotion\": \"sad\"}").status()).isEqualTo(404);
    assertThat(correct("none", " ".repeat(20_000)).status()).isEqualTo(413);
    assertThat(bytes(ANALYSES + "/none/audio").statusCode()).isEqualTo(404);
    assertThat(bytes(ANALYSES + "/..%2fhistory.db/audio").statusCode()).isIn(400, 404);
  }

  @Test
  void withoutHistoryNothingCanBeCorrected() throws Exception {
    try (Server forgetful = Server.start(recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0))) {
      TestClient other = new TestClient(forgetful.port());
      Answer posted = other.post(ANALYSES, TestSounds.bytes(ANGRY));
      assertThat(posted.json().has("id")).isFalse();
      for (Answer answer :
          Arrays.asList(
              other.get("/v1/corrections"),
              other.get("/v1/corrections.zip"),
              other.get(ANALYSES + "/a/audio"),
              other.delete(ANALYSES + "/a/correction"))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("no-history");
      }
    }
  }

  @Test
  void aRecordingComesBackWholeOrInPart() throws Exception {
    byte[] sound = TestSounds.bytes(ANGRY);
    String path = "%s/%s/audio".formatted(ANALYSES, post("../../call.flac"));

    HttpResponse<byte[]> whole = bytes(path);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(sound);
    assertThat(whole.headers().firstValue("Content-Type")).contains("audio/flac");
    assertThat(whole.headers().firstValue("Content-Disposition")).contains("inline");
    assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
    HttpResponse<byte[]> part = bytes(path, "Range", "bytes=100-199");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(sound, 100, 200));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes 100-199/" + sound.length);
    assertThat(bytes(path, "Range", "bytes=-10").body())
        .isEqualTo(Arrays.copyOfRange(sound, sound.length - 10, sound.length));
    assertThat(bytes(path, "Range", "bytes=50-").body())
        .isEqualTo(Arrays.copyOfRange(sound, 50, sound.length));
    assertThat(bytes(path, "Range", "bytes=9-2").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> beyond = bytes(path, "Range", "bytes=%d-".formatted(sound.length));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */" + sound.length);
  }

  @Test
  void correctionsAreAManifestThatTrainingReads() throws Exception {
    String named = post("a, \"quoted\".flac".replace(" ", "%20").replace("\"", "%22"));
    String nameless = post("b.flac");
    post("never-corrected.flac");
    correct(named, "{\"emotion\":\"sad\",\"speaker\":\"Zoë, 1\"}");
    correct(nameless, "{\"emotion\":\"happy\"}");

    Path target = Files.createDirectory(folder.resolve("unzipped"));
    HttpResponse<byte[]> answer = bytes("/v1/corrections.zip");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    unzip(answer.body(), target);

    Corpus corpus = Manifest.read(target.resolve("corrections.csv"));
    assertThat(corpus.skipped()).isEmpty();
    assertThat(corpus.utterances()).hasSize(2);
    Utterance second = corpus.utterances().get(0);
    assertThat(second.speaker()).isEqualTo(nameless);
    assertThat(second.emotion().name()).isEqualTo("happy");
    assertThat(second.extras()).containsEntry("predicted", "angry").containsEntry("file", "b.flac");
    Utterance first = corpus.utterances().get(1);
    assertThat(first.speaker()).isEqualTo("Zoë, 1");
    assertThat(first.extras()).containsEntry("file", "a, \"quoted\".flac");
    assertThat(first.path()).hasBinaryContent(TestSounds.bytes(ANGRY));
    assertThat(first.path().toString()).endsWith("clips/" + named + ".flac");
  }

  private static void unzip(byte[] zip, Path target) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy((InputStream) entries, file);
      }
    }
  }

  @Test
  void aHistoryThatCannotBeUsedIsToldWithoutPaths() throws Exception {
    String id = post("a.flac");
    try (java.sql.Connection other =
            java.sql.DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve("history/history.db"));
        java.sql.Statement statement = other.createStatement()) {
      statement.execute("drop table correction");
    }

    Answer answer = client.get(ANALYSES + "/" + id);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("history-unavailable");
    assertThat(answer.text()).doesNotContain(folder.toString());
  }

  @Test
  void aServerDoesNotStartOnADamagedHistory() throws Exception {
    Path place = Files.createDirectory(folder.resolve("damaged"));
    Files.writeString(place.resolve("history.db"), "no database".repeat(1000));

    assertThatThrownBy(
            () ->
                Server.start(
                    recognizer,
                    ServerSettings.DEFAULT
                        .at("127.0.0.1", 0)
                        .withHistory(HistorySettings.in(place))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(place.resolve("history.db") + ": expected an SQLite database");
  }
}
