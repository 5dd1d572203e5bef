package dev.serenade.recognition;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioFormatException;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.model.ModelFormatException;
import dev.serenade.recognition.text.LogarithmicPool;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.recognition.text.TextScorer;
import dev.serenade.recognition.text.TokenDecoder;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.WaveformBatch;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tells the emotion of speech.
 *
 * <pre>{@code
 * try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault()) {
 *   Recognition heard = recognizer.recognize(Path.of("call.wav"));
 *   System.out.println(heard.emotion() + " " + heard.confidence());
 * }
 * }</pre>
 *
 * <p>Who would rather have no answer than a wrong one asks {@link Recognition#abstainingBelow}, and
 * {@link EmotionScores#atLeast} gives all emotions that may be right; {@link
 * ModelDescription#heldOut} says how far either can be relied upon.
 *
 * <p>A model may go by what is said besides how it is said, see {@link ModelDescription#text}: its
 * scores are then those of both, fused, while attention and embedding are of the sound alone.
 *
 * <p>Safe for use by many threads at once. A clip's scores do not depend on what else is in its
 * batch, nor on what was recognised before.
 */
public final class EmotionRecognizer implements AutoCloseable {

  /** Where the module {@code serenade-models} keeps the default model. */
  static final String DEFAULT_MODEL = "/dev/serenade/models/default.serenade";

  /** More clips at once gain nothing on a processor, and take memory. */
  private static final int LARGEST_BATCH = 8;

  /** No sample beyond this: digital silence, two steps of 16-bit audio. */
  private static final float SILENCE_PEAK = 2f / 32768;

  private final BatchRunner runner;
  private final ModelDescription model;
  private final EncoderVariant variant;
  private final boolean skipsPauses;

  /** Empty if the model goes by the sound alone, or its words weigh nothing. */
  private final Optional<TextScorer> text;

  private EmotionRecognizer(
      BatchRunner runner,
      ModelDescription model,
      EncoderVariant variant,
      boolean skipsPauses,
      Optional<TextScorer> text) {
    this.runner = runner;
    this.model = model;
    this.variant = variant;
    this.skipsPauses = skipsPauses;
    this.text = text;
  }

  /**
   * Loads the model that comes with Serenade.
   *
   * @throws FileNotFoundException if the module {@code serenade-models} is not on the class path
   */
  public static EmotionRecognizer loadDefault() throws IOException {
    return loadDefault(RecognizerSettings.create());
  }

  /** Loads the model that comes with Serenade, to run with these settings. */
  public static EmotionRecognizer loadDefault(SessionSettings settings) throws IOException {
    return loadDefault(RecognizerSettings.of(settings));
  }

  /** Loads the model that comes with Serenade, to work with these settings. */
  public static EmotionRecognizer loadDefault(RecognizerSettings settings) throws IOException {
    try (InputStream in = openDefaultModel()) {
      try (EmotionModel model = ModelFile.readOwn(in, "default model", EncoderLocator.create())) {
        return of(model, settings);
      }
    }
  }

  /** Opens the file of the model that comes with Serenade. */
  public static InputStream openDefaultModel() throws IOException {
    InputStream in = EmotionRecognizer.class.getResourceAsStream(DEFAULT_MODEL);
    if (in == null) {
      throw new FileNotFoundException(
          "the default model is missing: put the jar serenade-models on the class path, or load a model file");
    }
    return in;
  }

  /**
   * Loads a model file.
   *
   * @throws ModelFormatException if it is damaged, altered, or of an unknown version
   * @throws FileNotFoundException if its encoder is neither in the file nor on this machine, or the
   *     decoder that it goes by words with is not
   */
  public static EmotionRecognizer load(Path file) throws IOException {
    return load(file, RecognizerSettings.create());
  }

  /** Loads a model file, to run with these settings. */
  public static EmotionRecognizer load(Path file, SessionSettings settings) throws IOException {
    return load(file, RecognizerSettings.of(settings));
  }

  /** Loads a model file, to work with these settings. */
  public static EmotionRecognizer load(Path file, RecognizerSettings settings) throws IOException {
    return load(file, EncoderLocator.create(), settings);
  }

  /** Loads a model file, to work with these settings, what is not in it from where this says. */
  public static EmotionRecognizer load(
      Path file, EncoderLocator encoders, RecognizerSettings settings) throws IOException {
    try (EmotionModel model = ModelFile.read(file, encoders)) {
      return of(model, settings);
    }
  }

  /** Prepares a model that is already in memory; it may be closed afterwards. */
  public static EmotionRecognizer of(EmotionModel model, SessionSettings settings)
      throws IOException {
    return of(model, RecognizerSettings.of(settings));
  }

  /** Prepares a model that is already in memory; it may be closed afterwards. */
  public static EmotionRecognizer of(EmotionModel model, RecognizerSettings settings)
      throws IOException {
    Speed speed = settings.speed();
    EncoderVariant inFloats = new EncoderVariant(Precision.FP32, speed.merging());
    EncoderVariant variant =
        switch (speed.precision()) {
          case FP32 -> inFloats;
          case FP16 -> inFloats.withPrecision(Precision.FP16);
          case INT8 -> inFloats.withPrecision(Precision.INT8);
          case AUTO ->
              inFloats.withPrecision(
                  settings.session().device().kind() == Device.Kind.CUDA
                      ? Precision.FP16
                      : PrecisionTrial.create().faster(model, inFloats, settings.session()));
        };
    BatchRunner runner =
        new BatchRunner(RecognitionGraph.build(model, variant), settings.session());
    try {
      return new EmotionRecognizer(
          runner, model.description(), variant, speed.skipsPauses(), textScorer(model, settings));
    } catch (IOException | RuntimeException e) {
      runner.close();
      throw e;
    }
  }

  /** Words that weigh nothing are not even listened to. */
  private static Optional<TextScorer> textScorer(EmotionModel model, RecognizerSettings settings)
      throws IOException {
    Optional<TextPart> part = model.text().filter(text -> text.description().counts());
    return part.isPresent()
        ? Optional.of(
            TextScorer.of(
                part.get(),
                model.description().labels(),
                settings.session(),
                settings.remembersWords()))
        : Optional.empty();
  }

  /** Returns what is said of the model. */
  public ModelDescription model() {
    return model;
  }

  /** Returns the emotions that the model tells apart, in the order of the scores. */
  public List<String> labels() {
    return model.labels();
  }

  /**
   * Returns the decoder by which the model goes by words, for who wants the words themselves: with
   * {@link RecognizerSettings#rememberingWords}, what was recognised lately, three minutes of
   * sound, is not decoded again, and the other way round. It is closed with the recogniser. Empty
   * if the model goes by the sound alone, or its words weigh nothing, so that nothing is decoded.
   */
  public Optional<TokenDecoder> words() {
    return text.map(TextScorer::decoder);
  }

  /**
   * Decodes a file and recognises it.
   *
   * @throws AudioFormatException if it is not audio, or is damaged, empty or too long
   */
  public Recognition recognize(Path file) throws IOException {
    return recognize(AudioDecoder.create().decode(file));
  }

  /**
   * Recognises a clip. One of more than 30 s is heard in pieces, see {@link RecordingPieces}.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Recognition recognize(Waveform clip) {
    return recognize(List.of(clip)).get(0);
  }

  /**
   * Recognises several clips; those that take equally long are computed together.
   *
   * @return one for each clip, in their order
   * @throws IllegalArgumentException if one is empty
   */
  public List<Recognition> recognize(List<Waveform> clips) {
    List<Waveform> heardWhole =
        clips.stream().filter(clip -> clip.length() <= longestSamples()).toList();
    Iterator<Recognition> whole = recognizeAllWhole(heardWhole).iterator();
    List<Recognition> results = new ArrayList<>();
    for (Waveform clip : clips) {
      results.add(clip.length() <= longestSamples() ? whole.next() : recognizeLong(clip));
    }
    return results;
  }

  private Recognition recognizeLong(Waveform clip) {
    RecognitionStream stream = stream();
    stream.push(clip);
    return stream.finish();
  }

  /** Returns a stream that recognises one recording of any length, as its samples come. */
  public RecognitionStream stream() {
    return new RecognitionStream(this, longestSamples());
  }

  /**
   * Returns what is heard of a clip at a time: itself, or pieces of whole frames if it is longer
   * than 30 s. How they make up its scores, {@link RecordingPieces#weights} tells.
   */
  public List<Waveform> pieces(Waveform clip) {
    return RecordingPieces.of(clip, longestSamples());
  }

  /** Returns the longest sound that is heard whole, in samples. */
  public int longestSamples() {
    return model.encoder().config().positions() * Window.SAMPLES_PER_FRAME;
  }

  /** Recognises a clip of at most {@link #longestSamples()}. */
  Recognition recognizeWhole(Waveform clip) {
    return recognizeAllWhole(List.of(clip)).get(0);
  }

  private List<Recognition> recognizeAllWhole(List<Waveform> clips) {
    List<SpeechFrames> heard =
        clips.stream().map(skipsPauses ? SpeechFrames::of : SpeechFrames::all).toList();
    List<WaveformBatch> batches =
        WaveformBatch.of(
            heard.stream().map(SpeechFrames::waveform).toList(),
            model.window(),
            model.encoder().config().positions(),
            variant.largestBatch(LARGEST_BATCH));
    Recognition[] results = new Recognition[clips.size()];
    Iterator<GraphOutputs> all = runner.run(batches).iterator();
    for (WaveformBatch batch : batches) {
      GraphOutputs outputs = all.next();
      for (int row = 0; row < batch.indices().size(); row++) {
        int index = batch.indices().get(row);
        results[index] = recognition(clips.get(index), heard.get(index).frames(), outputs, row);
      }
    }
    return fused(clips, Arrays.asList(results));
  }

  /** Every way to recognise comes through here, so all of them go by the words too. */
  private List<Recognition> fused(List<Waveform> clips, List<Recognition> bySound) {
    if (text.isEmpty()) {
      return bySound;
    }
    LogarithmicPool pool = model.text().orElseThrow().fusion();
    List<EmotionScores> byWords = text.get().scores(clips);
    return IntStream.range(0, clips.size())
        .mapToObj(
            i -> bySound.get(i).withScores(pool.fuse(bySound.get(i).scores(), byWords.get(i))))
        .toList();
  }

  private Recognition recognition(
      Waveform clip, SpeechFrames.FrameNumbers heard, GraphOutputs outputs, int row) {
    FloatTensor probabilities = outputs.get(RecognitionGraph.PROBABILITIES);
    FloatTensor embedding = outputs.get(RecognitionGraph.EMBEDDING);
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int label = 0; label < labels().size(); label++) {
      scores.put(labels().get(label), (double) probabilities.get(row * labels().size() + label));
    }
    int width = (int) embedding.shape()[1];
    float[] vector = new float[width];
    embedding.values().get(row * width, vector);
    return new Recognition(
        clip.durationSeconds(),
        new EmotionScores(scores),
        heard.spread(attention(outputs.get(RecognitionGraph.ATTENTION), row, heard.count())),
        FloatVector.of(vector),
        isSilent(clip) ? Abstention.SILENT : Abstention.NONE);
  }

  /** The mean over heads, of the frames that were heard. */
  private FloatVector attention(FloatTensor attention, int row, int clipFrames) {
    int heads = (int) attention.shape()[1];
    int frames = (int) attention.shape()[2];
    int factor = variant.merging().factorAt(model.head().fusion().highest());
    float[] mean = new float[clipFrames];
    for (int t = 0; t < clipFrames; t++) {
      int state = t / factor;
      // A state's share is divided among those of its frames that hold some of the clip.
      int shared = Math.min(factor, clipFrames - state * factor);
      for (int head = 0; head < heads; head++) {
        mean[t] += attention.get((row * heads + head) * frames + state) / (heads * shared);
      }
    }
    return FloatVector.of(mean);
  }

  static boolean isSilent(Waveform clip) {
    for (int i = 0; i < clip.length(); i++) {
      if (Math.abs(clip.get(i)) > SILENCE_PEAK) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    runner.close();
    text.ifPresent(TextScorer::close);
  }
}
