package dev.serenade.transcription;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.whisper.decoder.DecodedTokens;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.decoder.WindowDecoding;
import dev.serenade.whisper.decoder.WindowThreads;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what is said, by a whole Whisper: the likeliest token at each step, without
 * timestamps, in windows of 30 s one after the other.
 *
 * <p>A word on the border of two windows may suffer. A window in which {@link SpeechDetector} hears
 * nobody speak is not decoded, for Whisper invents words there.
 *
 * <p>Safe for use by many threads at once.
 */
public final class Transcriber implements AutoCloseable {

  /** Empty if it is another's. */
  private final Optional<WhisperDecoder> decoder;

  private final WindowDecoding decoding;
  private final WhisperTokenizer tokenizer;
  private final Optional<String> language;
  private final WindowThreads threads;

  private Transcriber(
      Optional<WhisperDecoder> decoder,
      WindowDecoding decoding,
      WhisperTokenizer tokenizer,
      Optional<String> language,
      WindowThreads threads) {
    this.decoder = decoder;
    this.decoding = decoding;
    this.tokenizer = tokenizer;
    this.language = language;
    this.threads = threads;
  }

  /**
   * Loads the Whisper of a Hugging Face folder: {@code config.json}, {@code
   * generation_config.json}, {@code tokenizer.json} and the weights of encoder and decoder.
   *
   * @param language what is spoken, such as {@code en}; empty to find out from the first 30 s of
   *     each recording. A model of English alone takes {@code en} or nothing
   * @throws FileNotFoundException if a file is missing; the message says which
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   * @throws IllegalArgumentException if the model does not know the language
   */
  public static Transcriber load(Path folder, Optional<String> language, SessionSettings settings)
      throws IOException {
    GenerationConfig rules = rules(folder);
    Optional<String> told = told(language, rules);
    WhisperTokenizer tokenizer = WhisperTokenizer.open(folder, rules);
    try {
      return load(folder, rules, tokenizer, told, settings);
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static Transcriber load(
      Path folder,
      GenerationConfig rules,
      WhisperTokenizer tokenizer,
      Optional<String> language,
      SessionSettings settings)
      throws IOException {
    WhisperDecoder decoder = WhisperDecoder.load(folder, settings);
    try {
      // Its sessions use all threads, so it hears one window at a time.
      return new Transcriber(
          Optional.of(decoder),
          new GreedyDecoding(decoder, rules),
          tokenizer,
          language,
          new WindowThreads(1));
    } catch (IllegalArgumentException e) {
      decoder.close();
      throw new TensorFormatException("%s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Writes down by a Whisper that is loaded already, which stays open.
   *
   * @param decoding that Whisper's; works on one thread
   * @param folder that Whisper's: {@code generation_config.json} and {@code tokenizer.json} are
   *     read
   * @param language as for {@link #load}
   * @param threads how many recordings to work on at once
   * @throws FileNotFoundException if a file is missing; the message says which
   * @throws TensorFormatException if a file is damaged
   * @throws IllegalArgumentException if the model does not know the language
   */
  public static Transcriber of(
      WindowDecoding decoding, Path folder, Optional<String> language, int threads)
      throws IOException {
    GenerationConfig rules = rules(folder);
    Optional<String> told = told(language, rules);
    return new Transcriber(
        Optional.empty(),
        decoding,
        WhisperTokenizer.open(folder, rules),
        told,
        new WindowThreads(threads));
  }

  private static GenerationConfig rules(Path folder) throws IOException {
    return GenerationConfig.read(folder.resolve("generation_config.json"));
  }

  private static Optional<String> told(Optional<String> language, GenerationConfig rules) {
    Optional<String> told =
        rules.multilingual() ? language : language.filter(code -> !code.equals("en"));
    told.ifPresent(rules::language);
    return told;
  }

  /** Returns what is said in recordings of any length, in their order. */
  public List<Transcript> transcribe(List<Waveform> recordings) {
    return threads.map(recordings, this::transcribe);
  }

  /** Returns what is said in a recording of any length; nothing if it is empty. */
  public Transcript transcribe(Waveform recording) {
    TranscriptStream stream = stream();
    stream.push(recording);
    return stream.finish();
  }

  /** Returns a stream that has heard nothing yet. */
  public TranscriptStream stream() {
    return new TranscriptStream(this, language);
  }

  /** Returns the most samples that are heard at once. */
  int longestSamples() {
    return decoding.longestSamples();
  }

  /** Returns what is said in one window, in a language that is told or is to be found out. */
  Transcript transcribe(Waveform window, Optional<String> spoken) {
    // Where nobody speaks, Whisper invents words.
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(window);
    if (!detector.hasSpeech(0, window.length())) {
      return Transcript.NOTHING;
    }
    DecodedTokens decoded = decoding.decode(window, spoken);
    return new Transcript(tokenizer.text(decoded.tokens()).strip(), decoded.language());
  }

  @Override
  public void close() {
    threads.close();
    decoder.ifPresent(WhisperDecoder::close);
    tokenizer.close();
  }
}
