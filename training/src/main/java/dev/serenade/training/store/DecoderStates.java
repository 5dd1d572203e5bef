package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.recognition.model.Sha256;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.decoder.DecoderConfig;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The states of a decoder that writes down what is said: of its last block, after its final
 * LayerNorm, one for each token that it picks and one for the end of the text.
 *
 * <p>State k is the one that token k is picked from, so the first is that behind the prompt's last
 * token, which every clip has. A clip in which {@link SpeechDetector} hears nobody speak is not
 * decoded, for Whisper invents words there: it has this one state alone. So has a clip of which the
 * decoder says that there is no text.
 *
 * <p>The decoder attends to the encoder's last layer, on 30 s, at every token: its states come from
 * how words sound as well as from what they mean.
 */
public final class DecoderStates implements StatesSource {

  private final Path folder;
  private final GenerationConfig rules;
  private final DecoderConfig config;
  private final int longestSamples;
  private final String sha256;
  private final Optional<String> language;
  private final Device device;

  private DecoderStates(
      Path folder,
      GenerationConfig rules,
      DecoderConfig config,
      int longestSamples,
      String sha256,
      Optional<String> language,
      Device device) {
    this.folder = folder;
    this.rules = rules;
    this.config = config;
    this.longestSamples = longestSamples;
    this.sha256 = sha256;
    this.language = language;
    this.device = device;
  }

  /**
   * Looks at the whole Whisper of a Hugging Face folder: {@code config.json}, {@code
   * generation_config.json} and the weights. No tokenizer is needed.
   *
   * @param language what is spoken, such as {@code en}; empty to find out clip by clip. A model of
   *     English alone takes {@code en} or nothing
   * @param device what computes; each clip on one thread
   * @throws FileNotFoundException if a file is missing; the message says which
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   * @throws IllegalArgumentException if the model does not know the language
   */
  public static DecoderStates of(Path folder, Optional<String> language, Device device)
      throws IOException {
    DecoderConfig config = WhisperDecoder.configOf(folder);
    Path rulesFile = folder.resolve("generation_config.json");
    GenerationConfig rules = GenerationConfig.read(rulesFile);
    Optional<String> told =
        rules.multilingual() ? language : language.filter(code -> !code.equals("en"));
    told.ifPresent(rules::language);
    try (EncoderWeights encoder = EncoderWeights.open(folder)) {
      List<Path> files = new ArrayList<>(encoder.files());
      files.addAll(List.of(folder.resolve("config.json"), rulesFile));
      return new DecoderStates(
          folder,
          rules,
          config,
          encoder.config().positions() * Window.SAMPLES_PER_FRAME,
          Sha256.of(files),
          told,
          device);
    }
  }

  /**
   * Returns the SHA-256, in hexadecimal, of all that states depend on besides clip and language.
   */
  public String sha256() {
    return sha256;
  }

  /** Returns the language that was told; empty if it is found out, or the model has only one. */
  public Optional<String> language() {
    return language;
  }

  /** Returns the number of the last block, the only layer that there are states of. */
  public int layer() {
    return config.blocks();
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int longestSamples() {
    return longestSamples;
  }

  /**
   * Loads encoder and decoder.
   *
   * @param layers {@link #layer} alone
   */
  @Override
  public Session open(SortedSet<Integer> layers) throws IOException {
    if (layers.size() != 1 || layers.first() != layer()) {
      throw new IllegalArgumentException(
          "expected layer %d, the decoder's last, alone, found %s".formatted(layer(), layers));
    }
    WhisperDecoder decoder = WhisperDecoder.load(folder, new SessionSettings(1).on(device));
    try {
      return new DecoderSession(decoder, new GreedyDecoding(decoder, rules));
    } catch (IllegalArgumentException e) {
      decoder.close();
      throw new TensorFormatException("%s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private final class DecoderSession implements Session {

    private final WhisperDecoder decoder;
    private final GreedyDecoding decoding;

    DecoderSession(WhisperDecoder decoder, GreedyDecoding decoding) {
      this.decoder = decoder;
      this.decoding = decoding;
    }

    @Override
    public SortedMap<Integer, HiddenStates> states(Waveform clip) throws IOException {
      try {
        FloatTensor states =
            hasSpeech(clip)
                ? decoding.decode(clip, language).hiddenStates()
                : decoding.promptState(clip, language);
        return new TreeMap<>(Map.of(layer(), HiddenStates.of(states)));
      } catch (IllegalStateException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      decoder.close();
    }
  }

  private static boolean hasSpeech(Waveform clip) {
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(clip);
    return detector.hasSpeech(0, clip.length());
  }
}
