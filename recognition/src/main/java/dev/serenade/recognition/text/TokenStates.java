package dev.serenade.recognition.text;

import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.decoder.DecoderConfig;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.Sha256;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The states of a decoder that writes down what is said: of its last block, after its final
 * LayerNorm, one for each token that it picks and one for the end of the text. This says which they
 * are; {@link #open} gives them.
 *
 * <p>State k is the one that token k is picked from, so the first is that behind the prompt's last
 * token, which every clip has. A clip in which {@link dev.serenade.audio.speech.SpeechDetector}
 * hears nobody speak is not decoded, for Whisper invents words there: it has this one state alone.
 * So has a clip of which the decoder says that there is no text.
 *
 * <p>The decoder attends to the encoder's last layer, on 30 s, at every token: its states come from
 * how words sound as well as from what they mean.
 */
public final class TokenStates {

  private final Path folder;
  private final GenerationConfig rules;
  private final DecoderConfig config;
  private final int longestSamples;
  private final String sha256;
  private final Optional<String> language;

  private TokenStates(
      Path folder,
      GenerationConfig rules,
      DecoderConfig config,
      int longestSamples,
      String sha256,
      Optional<String> language) {
    this.folder = folder;
    this.rules = rules;
    this.config = config;
    this.longestSamples = longestSamples;
    this.sha256 = sha256;
    this.language = language;
  }

  /**
   * Looks at the whole Whisper of a Hugging Face folder: {@code config.json}, {@code
   * generation_config.json} and the weights. No tokenizer is needed.
   *
   * @param language what is spoken, such as {@code en}; empty to find out clip by clip. A model of
   *     English alone takes {@code en} or nothing
   * @throws FileNotFoundException if a file is missing; the message says which
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   * @throws IllegalArgumentException if the model does not know the language
   */
  public static TokenStates of(Path folder, Optional<String> language) throws IOException {
    DecoderConfig config = WhisperDecoder.configOf(folder);
    Path rulesFile = folder.resolve("generation_config.json");
    GenerationConfig rules = GenerationConfig.read(rulesFile);
    Optional<String> told =
        rules.multilingual() ? language : language.filter(code -> !code.equals("en"));
    told.ifPresent(rules::language);
    try (EncoderWeights encoder = EncoderWeights.open(folder)) {
      List<Path> files = new ArrayList<>(encoder.files());
      files.addAll(List.of(folder.resolve("config.json"), rulesFile));
      return new TokenStates(
          folder,
          rules,
          config,
          encoder.config().positions() * Window.SAMPLES_PER_FRAME,
          Sha256.of(files),
          told);
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

  /** Returns D, the width of a state. */
  public int width() {
    return config.width();
  }

  /** Returns how many samples of a clip are heard at most: 30 s. */
  public int longestSamples() {
    return longestSamples;
  }

  /** Returns the folder of the Whisper. */
  public Path folder() {
    return folder;
  }

  /** Loads encoder and decoder. */
  public TokenDecoder open(SessionSettings settings) throws IOException {
    return open(settings, RecentDecodings.none());
  }

  /**
   * Loads encoder and decoder, which remembers what it decoded last: for who wants the words of
   * clips besides their states.
   */
  public TokenDecoder openRemembering(SessionSettings settings) throws IOException {
    return open(settings, RecentDecodings.ofMinutes());
  }

  private TokenDecoder open(SessionSettings settings, RecentDecodings recent) throws IOException {
    WhisperDecoder decoder = WhisperDecoder.load(folder, settings);
    try {
      return new TokenDecoder(this, decoder, new GreedyDecoding(decoder, rules), recent);
    } catch (IllegalArgumentException e) {
      decoder.close();
      throw new TensorFormatException("%s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  @Override
  public String toString() {
    return "TokenStates[%s, %s]".formatted(folder, language.orElse("language found out"));
  }
}
