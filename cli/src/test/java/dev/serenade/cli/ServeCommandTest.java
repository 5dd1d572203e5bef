package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.server.http.ApiKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {

  private static final int SIGTERM_EXIT_CODE = 143;

  @TempDir Path folder;

  @Test
  void helpNamesTheLimits() {
    CommandRun run = CommandRun.of("serve", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("--port", "--host", "--keys", "--history", "--max-upload", "--deadline");
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void settingsCanBeTriedOut() throws IOException {
    Path model = TinyModel.write(folder.resolve("tiny.serenade"));
    Path keys = folder.resolve("keys.txt");
    Files.writeString(keys, "# who may use it\n" + ApiKeys.hash("secret") + " # anna\n");

    CommandRun run = CommandRun.of("serve", "--check", "-m", model, "--keys", keys);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .isEqualToIgnoringNewLines("all is well: model tiny.serenade, history off, keys needed");
  }

  @Test
  void aNewKeyComesWithTheLineForTheFile() {
    CommandRun run = CommandRun.of("serve", "--new-key");

    String key = run.outLines().get(0).substring("key:  ".length());
    assertThat(run.outLines().get(1)).isEqualTo("hash: " + ApiKeys.hash(key));
    assertThat(key).hasSize(43);
  }

  @Test
  void aFileOfKeysThatIsNoneIsNamed() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys.txt"), "secret\n");

    CommandRun wrong = CommandRun.of("serve", "--check", "--keys", keys);
    CommandRun missing = CommandRun.of("serve", "--check", "--keys", folder.resolve("nope"));
    CommandRun empty =
        CommandRun.of(
            "serve", "--check", "--keys", Files.writeString(folder.resolve("empty"), "# none"));

    assertThat(wrong.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(wrong.err())
        .contains("keys.txt: expected the hash of a key, 64 hexadecimal digits, found secret");
    assertThat(missing.err()).contains("cannot read");
    assertThat(empty.err()).contains("holds no key");
  }

  @Test
  void limitsThatMakeNoSenseAreWrongUsage() {
    CommandRun run = CommandRun.of("serve", "--max-requests", "0");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("requests: expected more than 0, found 0");
    assertThat(CommandRun.of("serve", "--port", "70000").err())
        .contains("expected a port from 0 to 65535, found 70000");
  }

  @Test
  void anAddressThatIsTakenIsNamed() throws IOException {
    Path model = TinyModel.write(folder.resolve("tiny.serenade"));
    try (ServerSocket taken = new ServerSocket(0)) {
      CommandRun run = CommandRun.of("serve", "-m", model, "--port", taken.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.err()).contains("cannot listen at 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void whyAHistoryCannotBeUsedStandsOnStderr() throws Exception {
    Path model = TinyModel.write(folder.resolve("tiny.serenade"));
    Path sound = TestSounds.writeSpeech(folder.resolve("speech.wav"), 2, 1);
    Path history = folder.resolve("history");
    Process process = serve(model, "--history", history.toString());
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      URI address = analyses(out.readLine());
      Path audio = history.resolve("audio");
      Files.delete(audio.resolve("history-id"));
      Files.delete(audio);

      HttpResponse<String> answer = post(address, sound);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("history-unavailable").doesNotContain(folder.toString());
      SerenadeProcess.terminate(process);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(SerenadeProcess.errors(process)).contains("WARN history: " + audio + ": ");
    }
  }

  @Test
  void aServerAnswersUntilItIsToldToStopAndThenFinishesItsWork() throws Exception {
    Path model = TinyModel.write(folder.resolve("tiny.serenade"));
    Path sound = TestSounds.writeSpeech(folder.resolve("speech.wav"), 2, 1);
    Process process = serve(model);
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      String line = out.readLine();
      assertThat(line).startsWith("listening at http://localhost:");

      JsonObject answer =
          JsonParser.parseString(post(analyses(line), sound).body()).getAsJsonObject();

      JsonObject predicted =
          JsonParser.parseString(CommandRun.of("predict", "-m", model, "-f", "jsonl", sound).out())
              .getAsJsonObject();
      predicted.addProperty("file", "recording");
      assertThat(answer).isEqualTo(predicted);
      SerenadeProcess.terminate(process);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT_CODE);
    assertThat(SerenadeProcess.errors(process))
        .contains("stopping: what was accepted is finished first");
  }

  private static Process serve(Path model, String... more) throws IOException {
    return SerenadeProcess.start(
        List.of(),
        Stream.concat(Stream.of("serve", "-m", model.toString(), "--port", "0"), Stream.of(more))
            .toList());
  }

  private static URI analyses(String listening) {
    return URI.create(listening.substring("listening at ".length()) + "/v1/analyses");
  }

  private static HttpResponse<String> post(URI address, Path sound) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).POST(BodyPublishers.ofFile(sound)).build(),
            BodyHandlers.ofString());
  }
}
