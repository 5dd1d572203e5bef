package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.UtteranceBuilder;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.Float16;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Clips of noise, a tiny encoder, and a store for what it makes of them. */
abstract class TinyExtraction {

  static final long NO_LIMIT = 1_000_000_000;
  static final FeatureExtractor.Progress SILENT = (done, all) -> {};
  @TempDir static Path encoderFolder;
  static EncoderWeights weights;
  @TempDir Path folder;
  @TempDir Path root;

  @BeforeAll
  static void makeEncoder() throws IOException {
    weights = TinyEncoder.write(encoderFolder);
  }

  @AfterAll
  static void closeEncoder() throws IOException {
    weights.close();
  }

  FeatureStore store(long limitBytes) throws IOException {
    return FeatureStore.open(root, StoreFiller.IDENTITY, limitBytes);
  }

  FeatureExtractor extractor(int threads) throws IOException {
    return new FeatureExtractor(store(NO_LIMIT), weights, Window.adaptive(), threads);
  }

  static Utterance clip(Path file) {
    return builder(file).build();
  }

  static UtteranceBuilder builder(Path file) {
    return Utterance.builder(file.getFileName().toString(), file, "speaker", Emotion.SAD);
  }

  List<Utterance> clips(int count) throws IOException {
    List<Utterance> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clips.add(clip(TestRecordings.noise(folder.resolve(i + ".wav"), 0.1 + 0.05 * i, i)));
    }
    return clips;
  }

  static short[] stored(ExtractedCorpus corpus, int clip) {
    ShortBuffer halves =
        ShortBuffer.allocate(corpus.features().frames(clip) * corpus.features().width());
    corpus.features().copyTo(clip, halves);
    return halves.array();
  }

  static short[] expected(Waveform waveform, int layer) throws IOException {
    HiddenStates states = TinyStates.of(weights, waveform).layer(layer);
    short[] halves = new short[states.frames() * states.width()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float16.fromFloat(states.values().get(i));
    }
    return halves;
  }

  /**
   * The graph that stops at a layer adds in another order than one that goes on, so a value may be
   * rounded to the neighbour of the one that is expected.
   */
  static void assertSame(short[] found, short[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i])).as("value %d", i).isLessThanOrEqualTo(1);
    }
  }

  static short[] expected(Path file, int layer) throws IOException {
    return expected(AudioDecoder.create().decode(file), layer);
  }

  long storedFiles() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(".safetensors")).count();
    }
  }
}
