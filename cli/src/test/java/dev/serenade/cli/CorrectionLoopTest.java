package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.history.HistorySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real recordings, corrected by the labels of their corpus, make a model better at other speakers:
 * from a server to a new model, as people would do it.
 */
@Tag("slow")
final class CorrectionLoopTest {

  private static final Path SHARED = Path.of(System.getProperty("serenade.shared", ""));
  private static final Path ENCODER = SHARED.resolve("models/whisper-base");
  private static final Path GERMAN = SHARED.resolve("corpora/emodb/manifest.csv");
  private static final Path ENGLISH = SHARED.resolve("corpora/ravdess/manifest.csv");
  private static final String EMOTIONS = "angry,happy,neutral,sad";

  /** As many clips of each emotion as RAVDESS has of each speaker being neutral. */
  private static final int CLIPS_OF_EACH = 4;

  /**
   * What corrections must bring at least, in unweighted average recall. They brought 0.375: 0.302
   * before, 0.677 after.
   */
  private static final double LEAST_GAIN = 0.08;

  @TempDir private Path folder;

  @Test
  void correctionsMakeABetterModel() throws Exception {
    for (Path needed : List.of(ENCODER, GERMAN, ENGLISH)) {
      assumeTrue(Files.exists(needed), "skipped: no %s (set serenade.shared)".formatted(needed));
    }
    // A model that has heard nobody who speaks here.
    Path before = folder.resolve("before.serenade");
    done(train("--manifest", GERMAN, "--emotions", EMOTIONS, "--epochs", 6, "--out", before));
    List<Utterance> corrected = clips(1, 4);
    List<Utterance> others = clips(7, 12);

    Path manifest = correct(before, corrected);
    Path after = folder.resolve("after.serenade");
    done(
        train(
            "--init",
            before,
            "--manifest",
            manifest,
            "--epochs",
            12,
            "--lr",
            3e-4,
            "--out",
            after));

    Path test = manifest(others);
    double recallBefore = recall(before, test);
    double recallAfter = recall(after, test);
    assertThat(recallAfter)
        .as("before: %.3f, after: %.3f", recallBefore, recallAfter)
        .isGreaterThan(recallBefore + LEAST_GAIN);
  }

  private CommandRun train(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("train", "--encoder", ENCODER, "--store", folder.resolve("store")),
                Stream.concat(
                    Stream.of("--label-smoothing", 0.1, "--frame-share", 0.25, "--seed", 1),
                    Stream.of(arguments)))
            .toArray());
  }

  private static CommandRun done(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return run;
  }

  /** Returns clips of some of the actors: equally many of each emotion. */
  private static List<Utterance> clips(int firstActor, int lastActor)
      throws IOException, ManifestFormatException {
    Set<String> actors =
        IntStream.rangeClosed(firstActor, lastActor)
            .mapToObj("Actor_%02d"::formatted)
            .collect(Collectors.toSet());
    Map<String, Integer> taken = new HashMap<>();
    List<Utterance> clips = new ArrayList<>();
    for (Utterance clip : Manifest.read(ENGLISH).utterances()) {
      String group = clip.speaker() + " " + clip.emotion().name();
      if (actors.contains(clip.speaker())
          && List.of(EMOTIONS.split(",")).contains(clip.emotion().name())
          && taken.merge(group, 1, Integer::sum) <= CLIPS_OF_EACH) {
        clips.add(clip);
      }
    }
    assertThat(clips).hasSize(actors.size() * 4 * CLIPS_OF_EACH);
    return clips;
  }

  /** Has a server hear all clips, corrects each, and returns the manifest that comes of it. */
  private Path correct(Path model, List<Utterance> clips) throws Exception {
    HistorySettings history = HistorySettings.in(folder.resolve("history"));
    int wrong = 0;
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(model);
        Server server =
            Server.start(
                recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0).withHistory(history))) {
      for (Utterance clip : clips) {
        JsonObject heard =
            send(server, "/v1/analyses?name=clip", "POST", Files.readAllBytes(clip.path()));
        if (!heard.get("emotion").getAsString().equals(clip.emotion().name())) {
          wrong++;
        }
        JsonObject correction = new JsonObject();
        correction.addProperty("emotion", clip.emotion().name());
        correction.addProperty("speaker", clip.speaker());
        send(
            server,
            "/v1/analyses/%s/correction".formatted(heard.get("id").getAsString()),
            "PUT",
            correction.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      assertThat(wrong).isBetween(clips.size() / 8, clips.size() - 1);
      Path out = folder.resolve("corrected");
      CommandRun exported =
          done(CommandRun.of("corrections", "--history", history.location(), "--out", out));
      assertThat(exported.out()).contains(clips.size() + " clips");
      return out.resolve("corrections.csv");
    }
  }

  private static JsonObject send(Server server, String path, String method, byte[] body)
      throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                    .method(method, BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private Path manifest(List<Utterance> clips) throws IOException {
    List<String> rows = new ArrayList<>(List.of("path,speaker,emotion"));
    clips.forEach(
        clip -> rows.add("%s,%s,%s".formatted(clip.path(), clip.speaker(), clip.emotion().name())));
    return Files.write(folder.resolve("others.csv"), rows);
  }

  private double recall(Path model, Path test) throws IOException {
    Path report = folder.resolve("report-" + model.getFileName());
    done(CommandRun.of("evaluate", "--model", model, "--manifest", test, "--report", report));
    return JsonParser.parseString(Files.readString(report.resolve("results.json")))
        .getAsJsonObject()
        .getAsJsonObject("summary")
        .getAsJsonObject("unweightedAverageRecall")
        .get("pooled")
        .getAsDouble();
  }
}
