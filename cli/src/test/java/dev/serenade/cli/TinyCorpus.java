package dev.serenade.cli;

import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What training needs, in a folder: an encoder of random weights, and a manifest of clips of four
 * speakers who hiss when angry and are silent when sad.
 *
 * @param folder where all of it lies
 */
record TinyCorpus(Path folder) {

  private static final int SPEAKERS = 4;
  private static final int CLIPS_OF_EACH = 2;

  static TinyCorpus write(Path folder) throws IOException {
    TinyCorpus corpus = new TinyCorpus(folder);
    corpus.writeEncoder();
    List<String> rows = new ArrayList<>(List.of("path,speaker,emotion"));
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (int i = 0; i < CLIPS_OF_EACH; i++) {
        double seconds = 0.2 + 0.03 * (2 * speaker + i);
        String name = speaker + "-" + i + ".wav";
        TestSounds.writeNoise(folder.resolve("angry-" + name), seconds, 10L * speaker + i);
        Files.write(folder.resolve("sad-" + name), TestSounds.silence(seconds));
        rows.add("angry-%s,s%d,angry".formatted(name, speaker));
        rows.add("sad-%s,s%d,sad".formatted(name, speaker));
      }
    }
    Files.write(corpus.manifest(), rows);
    return corpus;
  }

  private void writeEncoder() throws IOException {
    Files.createDirectories(encoder());
    Path file = TinyModel.write(folder.resolve("random.serenade"));
    try (EmotionModel model = ModelFile.read(file, EncoderLocator.create());
        OutputStream weights = Files.newOutputStream(encoder().resolve("model.safetensors"))) {
      model.encoder().write(model.encoder().config().blocks(), weights);
      Files.writeString(
          encoder().resolve("config.json"), model.encoder().config().toJson().toString());
    }
  }

  Path encoder() {
    return folder.resolve("tiny-encoder");
  }

  Path manifest() {
    return folder.resolve("calls.csv");
  }

  /** Writes another manifest with these rows besides the header. */
  Path manifest(String name, String... rows) throws IOException {
    return Files.write(
        folder.resolve(name),
        Stream.concat(Stream.of("path,speaker,emotion"), Stream.of(rows)).toList());
  }

  /**
   * Writes another manifest, of the same speakers, who speak: shortly when angry, longer when sad.
   */
  Path voices() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (String emotion : List.of("angry", "sad")) {
        for (int i = 0; i < CLIPS_OF_EACH; i++) {
          String name = "voice-%s-%d-%d.wav".formatted(emotion, speaker, i);
          double seconds = emotion.equals("angry") ? 0.7 : 1.2;
          TestSounds.writeSpeech(folder.resolve(name), seconds, 10L * speaker + i);
          rows.add("%s,s%d,%s".formatted(name, speaker, emotion));
        }
      }
    }
    return manifest("voices.csv", rows.toArray(String[]::new));
  }

  /** Returns the rows of the manifest, without its header. */
  Stream<String> rows() throws IOException {
    return Files.readAllLines(manifest()).stream().skip(1);
  }

  /**
   * Runs a command with these arguments and, where they do not say otherwise, this encoder, a store
   * in this folder, and, unless it trains nothing, a recipe that takes little time.
   */
  CommandRun run(String command, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    return CommandRun.of(arguments(all).toArray());
  }

  /** Returns a command line with these defaults. */
  List<Object> arguments(List<Object> commandAndArguments) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("--encoder", encoder());
    defaults.put("--store", folder.resolve("store"));
    if (!commandAndArguments.get(0).equals("extract")) {
      defaults.put("--heads", 2);
      defaults.put("--projection", 8);
      defaults.put("--epochs", 3);
      defaults.put("--lr", 0.02);
    }
    defaults.keySet().removeAll(commandAndArguments);
    List<Object> all = new ArrayList<>(commandAndArguments);
    defaults.forEach((option, value) -> all.addAll(List.of(option, value)));
    return all;
  }
}
