package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens' states by way of the store, with a Whisper of random weights. */
final class DecoderStatesTest {

  private static final Path WHISPER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  private static final long NO_LIMIT = 1_000_000_000;
  private static final LayerFusion LAST = new SingleLayer(2);
  private static final FeatureExtractor.Progress SILENT = (done, all) -> {};

  @TempDir private static Path sounds;
  private static Utterance low;
  private static Utterance high;
  private static Utterance silent;
  private static WhisperDecoder decoder;

  @TempDir private Path root;

  @BeforeAll
  static void write() throws IOException {
    low = clip(TestRecordings.voice(sounds.resolve("low.wav"), 110, 2));
    high = clip(TestRecordings.voice(sounds.resolve("high.wav"), 220, 3));
    silent = clip(TestRecordings.silence(sounds.resolve("silent.wav"), 0.5));
    decoder = WhisperDecoder.load(WHISPER, new SessionSettings(1));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  private static Utterance clip(Path file) {
    return Utterance.builder(file.getFileName().toString(), file, "speaker", Emotion.SAD).build();
  }

  private static DecoderStates states(Optional<String> language) throws IOException {
    return DecoderStates.of(WHISPER, language, Device.CPU);
  }

  private FeatureExtractor extractor(DecoderStates states, int threads) throws IOException {
    StoreIdentity identity =
        StoreIdentity.ofDecoder("tiny-random", states.sha256(), states.language());
    return new FeatureExtractor(FeatureStore.open(root, identity, NO_LIMIT), states, threads);
  }

  private static short[] stored(ExtractedCorpus corpus, int clip) {
    ShortBuffer halves =
        ShortBuffer.allocate(corpus.features().frames(clip) * corpus.features().width());
    corpus.features().copyTo(clip, halves);
    return halves.array();
  }

  private static short[] halves(FloatTensor tensor) {
    short[] halves = new short[tensor.size()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float16.fromFloat(tensor.get(i));
    }
    return halves;
  }

  private static GreedyDecoding decoding() throws IOException {
    return new GreedyDecoding(
        decoder, GenerationConfig.read(WHISPER.resolve("generation_config.json")));
  }

  private static FloatTensor decoded(Utterance clip, Optional<String> language) throws IOException {
    return decoding().decode(AudioDecoder.create().decode(clip.path()), language).hiddenStates();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.toList();
    }
  }

  @Test
  void statesAreTheDecodersTokenByToken() throws IOException {
    ExtractedCorpus corpus =
        extractor(states(Optional.of("de")), 2).extract(List.of(low, high), LAST, SILENT);

    assertThat(corpus.failed()).isEmpty();
    assertThat(corpus.features().width()).isEqualTo(64);
    FloatTensor expected = decoded(low, Optional.of("de"));
    assertThat(expected.shape()[0]).isGreaterThan(1);
    assertThat(corpus.features().frames(0)).isEqualTo((int) expected.shape()[0]);
    assertThat(stored(corpus, 0)).isEqualTo(halves(expected));
    assertThat(stored(corpus, 1)).isEqualTo(halves(decoded(high, Optional.of("de"))));
    assertThat(stored(corpus, 1)).isNotEqualTo(stored(corpus, 0));
  }

  @Test
  void whereNobodySpeaksThereIsTheStateBehindThePrompt() throws IOException {
    ExtractedCorpus corpus =
        extractor(states(Optional.of("en")), 1).extract(List.of(silent), LAST, SILENT);

    assertThat(corpus.features().frames(0)).isEqualTo(1);
    assertThat(stored(corpus, 0))
        .isEqualTo(
            halves(
                decoding()
                    .promptState(AudioDecoder.create().decode(silent.path()), Optional.of("en"))));
  }

  @Test
  void whereNoTokenIsDecodedThereIsTheStateBehindThePrompt(@TempDir Path quiet) throws IOException {
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(WHISPER.resolve(file), quiet.resolve(file));
    }
    int end = 433;
    String allButTheEnd =
        IntStream.range(0, 496)
            .filter(token -> token != end)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    String rules = Files.readString(WHISPER.resolve("generation_config.json"));
    Files.writeString(
        quiet.resolve("generation_config.json"),
        rules
            .replaceFirst("\"suppress_tokens\": \\[[^]]*]", "\"suppress_tokens\": " + allButTheEnd)
            .replace("[220, 433]", "[220]"));
    DecoderStates quietStates = DecoderStates.of(quiet, Optional.empty(), Device.CPU);
    ExtractedCorpus corpus = extractor(quietStates, 1).extract(List.of(low), LAST, SILENT);

    assertThat(quietStates.sha256()).isNotEqualTo(states(Optional.empty()).sha256());
    assertThat(corpus.features().frames(0)).isEqualTo(1);
    assertThat(stored(corpus, 0))
        .isEqualTo(
            halves(
                decoding()
                    .promptState(AudioDecoder.create().decode(low.path()), Optional.empty())));
  }

  @Test
  void aClipTheDecoderCannotDecodeIsListed(@TempDir Path mute) throws IOException {
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(WHISPER.resolve(file), mute.resolve(file));
    }
    Files.copy(
        WHISPER.resolveSibling("tiny-mute").resolve("generation_config.json"),
        mute.resolve("generation_config.json"));
    ExtractedCorpus corpus =
        extractor(DecoderStates.of(mute, Optional.of("de"), Device.CPU), 1)
            .extract(List.of(low, silent), LAST, SILENT);

    assertThat(corpus.clips()).containsExactly(silent);
    assertThat(corpus.failed()).hasSize(1);
    assertThat(corpus.failed().get(0).reason())
        .isEqualTo("low.wav: the generation config suppresses every token");
  }

  @Test
  void encoderDecoderAndLanguagesLieApart() throws IOException {
    List<Utterance> clips = List.of(low);
    short[] german =
        stored(extractor(states(Optional.of("de")), 1).extract(clips, LAST, SILENT), 0);
    short[] french =
        stored(extractor(states(Optional.of("fr")), 1).extract(clips, LAST, SILENT), 0);
    short[] found = stored(extractor(states(Optional.empty()), 1).extract(clips, LAST, SILENT), 0);
    try (EncoderWeights weights = EncoderWeights.open(WHISPER)) {
      String sha256 = states(Optional.empty()).sha256();
      FeatureStore store =
          FeatureStore.open(
              root, StoreIdentity.ofEncoder("tiny-random", sha256, Window.padded()), NO_LIMIT);
      ExtractedCorpus encoded =
          new FeatureExtractor(store, weights, Window.padded(), 1).extract(clips, LAST, SILENT);

      assertThat(encoded.features().frames(0)).isEqualTo(100);
    }
    assertThat(folders()).hasSize(4);
    assertThat(german).isNotEqualTo(french);
    // What was found out is one of the languages, so its states are those of that language told.
    short[] again = stored(extractor(states(Optional.empty()), 1).extract(clips, LAST, SILENT), 0);
    assertThat(again).isEqualTo(found);
    assertThat(found).isEqualTo(halves(decoded(low, Optional.empty())));
  }

  @Test
  void whatIsStoredIsNotDecodedAgain(@TempDir Path moved) throws IOException {
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      Files.copy(WHISPER.resolve(file), moved.resolve(file));
    }
    DecoderStates states = DecoderStates.of(moved, Optional.of("ja"), Device.CPU);
    ExtractedCorpus first = extractor(states, 1).extract(List.of(low, silent), LAST, SILENT);
    Files.delete(moved.resolve("model.safetensors"));
    ExtractedCorpus again = extractor(states, 2).extract(List.of(low, silent), LAST, SILENT);

    assertThat(stored(again, 0)).isEqualTo(stored(first, 0));
    assertThat(stored(again, 1)).isEqualTo(stored(first, 1));
    assertThatThrownBy(() -> extractor(states, 1).extract(List.of(high), LAST, SILENT))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void oneLayerAloneHasStates() throws IOException {
    DecoderStates states = states(Optional.empty());
    assertThat(states.layer()).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> extractor(states, 1).extract(List.of(low), new SingleLayer(1), SILENT))
        .withMessage("expected layer 2, the decoder's last, alone, found [1]");
  }

  @Test
  void anEncoderAloneAndAnUnknownLanguageAreRefused(@TempDir Path alone) throws IOException {
    EncoderWeights encoder = TinyEncoder.write(alone);
    encoder.close();
    assertThatThrownBy(() -> DecoderStates.of(alone, Optional.empty(), Device.CPU))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("these are the weights of an encoder alone");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> states(Optional.of("xx")))
        .withMessage("expected one of the languages [de, en, fr, ja], found xx");
  }
}
