package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.server.TestClient.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest extends RunningServer {

  @Test
  void aShortRecordingIsAnsweredAtOnce() throws Exception {
    Answer answer = client.post(ANALYSES + "?name=" + ANGRY, TestSounds.bytes(ANGRY));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    JsonObject json = answer.json();
    assertThat(json.keySet())
        .containsExactly("file", "durationSeconds", "emotion", "confidence", "abstained", "scores");
    assertThat(json.get("file").getAsString()).isEqualTo(ANGRY);
    assertThat(json.get("emotion").getAsString()).isEqualTo("angry");
    assertThat(json.get("confidence").getAsDouble())
        .isEqualTo(recognizer.recognize(TestSounds.sample(ANGRY)).confidence(), within());
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-5);
  }

  @Test
  void aFormGivesWhatARawBodyGives() throws Exception {
    byte[] sound = TestSounds.bytes(ANGRY);

    Answer form = client.postForm(ANALYSES, ANGRY, sound, Map.of("timeline", "true"));

    assertThat(form.status()).isEqualTo(200);
    assertThat(form.json())
        .isEqualTo(client.post(ANALYSES + "?timeline=true&name=" + ANGRY, sound).json());
    assertThat(form.json().getAsJsonArray("timeline")).hasSize(1);
  }

  @Test
  void optionsDoWhatThoseOfPredictDo() throws Exception {
    Answer answer =
        client.post(ANALYSES + "?explain=true&set=0.9&abstainBelow=0.99", TestSounds.bytes(ANGRY));

    JsonObject json = answer.json();
    assertThat(json.get("abstained").getAsBoolean()).isTrue();
    assertThat(json.getAsJsonArray("set")).isNotEmpty();
    assertThat(json.getAsJsonObject("attention").getAsJsonArray("weights")).hasSize(111);
    assertThat(json.getAsJsonObject("occlusion").get("emotion").getAsString()).isEqualTo("angry");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?volume=11 | unknown option volume",
        "?timeline=yes | timeline: expected true or false, found yes",
        "?window=3 | window and hop need timeline=true",
        "?timeline=true&window=0.01 | window, hop: expected a window of at least",
        "?abstainBelow=NaN | abstainBelow: expected a number, found NaN",
        "?abstainBelow=2 | abstainBelow: expected a number from 0 to 1, found 2.0",
        "?set=1 | set: expected a number between 0 and 1",
        "?targetError=0.0001 | targetError: the",
        "?abstainBelow=0.5&targetError=0.1 | expected either abstainBelow or targetError",
        "?channel=0 | channel: expected the number of a channel",
        "?prefer=later | prefer: expected sync or async, found later",
        "?explain=true&explain=true | explain: expected once",
      })
  void aWrongOptionIsNamed(String query, String message) throws Exception {
    Answer answer = client.post(ANALYSES + query, TestSounds.bytes(ANGRY));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("bad-request");
    assertThat(answer.json().get("detail").getAsString()).startsWith(message);
  }

  @Test
  void whatIsNoAudioIsRefusedAsTheCommandLineDoes() throws Exception {
    client.post(ANALYSES, "hello".getBytes(StandardCharsets.UTF_8)).assertProblem(415, "not-audio");
    client.post(ANALYSES, new byte[0]).assertProblem(422, "empty");
    client.post(ANALYSES, TestSounds.wav()).assertProblem(422, "empty");
    client
        .post(ANALYSES + "?channel=2", TestSounds.bytes(ANGRY))
        .assertProblem(400, "no-such-channel");
  }

  @Test
  void aMessageNamesTheRecordingAsTheClientDoes() throws Exception {
    byte[] large = new byte[2 << 20];

    Answer answer = client.postForm(ANALYSES, "../../etc/C:\\call\u202e.wav", large, Map.of());

    answer.assertProblem(415, "not-audio");
    assertThat(answer.json().get("detail").getAsString())
        .isEqualTo("call.wav: audio expected, found no known audio or video format");
  }

  @Test
  void namesInAnyAlphabetComeBackAsTheyWere() throws Exception {
    String name = "\u0635\u062f\u0627 \u4f60\u597d.flac";
    String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);

    Answer heard = client.postForm(ANALYSES, name, TestSounds.bytes(ANGRY), Map.of());
    Answer refused = client.post(ANALYSES + query, "hello".getBytes(StandardCharsets.UTF_8));

    assertThat(heard.json().get("file").getAsString()).isEqualTo(name);
    assertThat(refused.json().get("detail").getAsString()).startsWith(name + ": audio expected");
  }

  @Test
  void aFormWithoutAFileIsRefused() throws Exception {
    Answer answer =
        client.send(
            client
                .request(ANALYSES)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(
                    BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"timeline\"\r\n\r\ntrue\r\n--b--\r\n")));

    answer.assertProblem(400, "bad-request");
    assertThat(answer.text()).contains("expected a part named file, found none");
  }

  @Test
  void aLongRecordingIsAJobThatCanBeFollowed() throws Exception {
    Answer accepted = client.post(ANALYSES + "?timeline=true&name=long.wav", TestSounds.speech(20));

    assertThat(accepted.status()).isEqualTo(202);
    String address = accepted.header("Location");
    assertThat(address).isEqualTo(ANALYSES + "/" + accepted.json().get("id").getAsString());
    String events = client.get(address + "/events").text();
    assertThat(events).contains("event: progress", "event: segment", "event: done");
    JsonObject job = client.get(address).json();
    assertThat(job.get("status").getAsString()).isEqualTo("done");
    assertThat(job.getAsJsonObject("progress").get("heardSeconds").getAsDouble()).isEqualTo(20);
    JsonObject result = job.getAsJsonObject("result");
    assertThat(result.get("durationSeconds").getAsDouble()).isEqualTo(20);
    assertThat(result.getAsJsonArray("timeline")).isNotEmpty();
    assertThat(lastData(events)).isEqualTo(job);
    assertThat(listed()).contains(job.get("id").getAsString());

    assertThat(client.delete(address).status()).isEqualTo(204);
    client.get(address).assertProblem(404, "not-found");
    client.delete(address).assertProblem(404, "not-found");
  }

  private static JsonObject lastData(String events) {
    String data = events.substring(events.lastIndexOf("data: ") + 6);
    return JsonParser.parseString(data).getAsJsonObject();
  }

  private static String listed() throws Exception {
    return client.get(ANALYSES).text();
  }

  @Test
  void aJobThatFailsSaysWhy() throws Exception {
    Answer accepted =
        client.post(ANALYSES + "?prefer=async", "hello".getBytes(StandardCharsets.UTF_8));

    String events = client.get(accepted.header("Location") + "/events").text();

    assertThat(events).contains("event: failed");
    JsonObject job = client.get(accepted.header("Location")).json();
    assertThat(job.get("status").getAsString()).isEqualTo("failed");
    assertThat(job.getAsJsonObject("error").get("code").getAsString()).isEqualTo("not-audio");
  }

  @Test
  void anEmbeddingIsWhatTheClassifierSaw() throws Exception {
    JsonObject json = client.post("/v1/embeddings", TestSounds.bytes(ANGRY)).json();

    assertThat(json.get("dimensions").getAsInt()).isEqualTo(256);
    float[] expected = recognizer.recognize(TestSounds.sample(ANGRY)).embedding().toArray();
    assertThat(json.getAsJsonArray("embedding")).hasSize(expected.length);
    assertThat(json.getAsJsonArray("embedding").get(7).getAsFloat())
        .isCloseTo(expected[7], Offset.offset(1e-4f));
  }

  @Test
  void aServerTellsWhatItIs() throws Exception {
    assertThat(client.get("/v1/models").json().getAsJsonArray("models")).hasSize(1);
    JsonObject about = client.get("/v1/server").json();
    assertThat(about.get("history").getAsBoolean()).isFalse();
    assertThat(about.getAsJsonObject("limits").get("syncSeconds").getAsInt()).isEqualTo(8);
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/health/ready").text()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void metricsCountWhatIsDoneAndNothingThatClientsMakeUp() throws Exception {
    client.post(ANALYSES, TestSounds.bytes(ANGRY));
    client.post(ANALYSES, "hello".getBytes(StandardCharsets.UTF_8));
    client.get("/v1/analyses/made-up-by-a-client");
    client.get("/made-up-by-a-client");

    String metrics = client.get("/metrics").text();

    assertThat(metrics)
        .contains(
            "serenade_requests_seconds_count{code=\"ok\",method=\"POST\",route=\"/v1/analyses\",status=\"200\"}",
            "code=\"not-audio\"",
            "route=\"/v1/analyses/{id}\"",
            "serenade_audio_seconds_total",
            "serenade_batch_clips_count",
            "serenade_requests_capacity",
            "serenade_jobs_unfinished",
            "process_resident_memory_bytes",
            "process_files_open_files",
            "jvm_memory_used_bytes")
        .doesNotContain("made-up-by-a-client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/v1/analyses/nope", "/v1/analyses/..%2f..%2fetc%2fpasswd"})
  void whatIsNotThereIsAProblemToo(String path) throws Exception {
    Answer answer = client.get(path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aMethodThatIsNotThereIsAProblemToo() throws Exception {
    Answer answer = client.send(client.request(ANALYSES).PUT(BodyPublishers.ofString("hello")));

    answer.assertProblem(405, "method-not-allowed");
    assertThat(answer.header("Allow")).contains("GET", "POST").doesNotContain("PUT", "DELETE");
    Answer trace = client.send(client.request(ANALYSES).method("TRACE", BodyPublishers.noBody()));
    trace.assertProblem(405, "method-not-allowed");
    assertThat(trace.header("Allow")).contains("GET", "POST");
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    assertThatThrownBy(
            () -> Server.start(recognizer, ServerSettings.DEFAULT.at("127.0.0.1", server.port())))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen at 127.0.0.1:" + server.port());
  }
}
