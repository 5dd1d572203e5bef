package dev.serenade.speed;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.Speed;
import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncoderGraph;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.WaveformBatch;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A model taken apart: the encoder, its front end and the head as graphs of their own, beside the
 * whole, all run with the same settings.
 */
final class ModelStages implements AutoCloseable {

  private static final String FRAMES = "frames";
  private static final String STATES = "states";
  private static final String MASK = "mask";

  private final ModelDescription model;
  private final EncoderVariant variant;
  private final EmotionRecognizer whole;
  private final List<GraphSession> parts = new ArrayList<>();
  private final GraphSession frontEnd;
  private final GraphSession encoder;
  private final GraphSession head;

  private ModelStages(EmotionModel model, Precision precision, SessionSettings settings)
      throws IOException {
    this.model = model.description();
    variant = EncoderVariant.EXACT.withPrecision(precision);
    whole = EmotionRecognizer.of(model, recogniser(precision, settings));
    frontEnd = open(frontEnd(model.description().encoder().config()), settings);
    encoder = open(encoder(model, variant), settings);
    head = open(head(model), settings);
  }

  /** Takes a model apart, which stays open. */
  static ModelStages of(EmotionModel model, Precision precision, SessionSettings settings)
      throws IOException {
    return new ModelStages(model, precision, settings);
  }

  /** Returns how the whole model works in this precision, and is otherwise as it was trained. */
  static RecognizerSettings recogniser(Precision precision, SessionSettings settings) {
    PrecisionChoice choice =
        switch (precision) {
          case FP32 -> PrecisionChoice.FP32;
          case FP16 -> PrecisionChoice.FP16;
          case INT8 -> PrecisionChoice.INT8;
        };
    return RecognizerSettings.of(settings).withSpeed(Speed.ACCURATE.withPrecision(choice));
  }

  private GraphSession open(GraphBuilder graph, SessionSettings settings) {
    GraphSession session = graph.build().open(settings);
    parts.add(session);
    return session;
  }

  private static GraphBuilder frontEnd(WhisperConfig config) {
    GraphBuilder graph = new GraphBuilder("front-end");
    GraphValue logMel =
        new LogMelGraph(config.melBands(), 2 * config.positions())
            .append(
                graph,
                graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples"),
                graph.input(FRAMES, DataType.INT64, "1"));
    graph.output("log_mel", logMel, DataType.FLOAT, "batch", "mel_bands", "mel_frames");
    return graph;
  }

  private static GraphBuilder encoder(EmotionModel model, EncoderVariant variant)
      throws IOException {
    GraphBuilder graph = new GraphBuilder("encoder");
    List<Integer> layers = model.description().head().fusion().layers();
    EncoderGraph.Outputs outputs =
        EncoderGraph.append(
            graph,
            model.encoder(),
            model.description().window(),
            new TreeSet<>(layers),
            variant,
            graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples"));
    for (int layer : layers) {
      graph.output(
          STATES + "." + layer, outputs.layer(layer), DataType.FLOAT, "batch", "frames", "width");
    }
    return graph;
  }

  private static GraphBuilder head(EmotionModel model) {
    GraphBuilder graph = new GraphBuilder("head");
    String width = Integer.toString(model.description().head().statesWidth());
    HeadOutputs<GraphValue> outputs =
        model
            .head()
            .append(
                graph,
                graph.input(STATES, DataType.FLOAT, "batch", "frames", width),
                graph.input(MASK, DataType.FLOAT, "batch", "frames"));
    graph.output(
        "probabilities", graph.softmax(outputs.logits(), -1), DataType.FLOAT, "batch", "classes");
    graph.output("attention", outputs.attention(), DataType.FLOAT, "batch", "heads", "frames");
    graph.output("embedding", outputs.embedding(), DataType.FLOAT, "batch", "embedding");
    return graph;
  }

  /**
   * Returns one stage on a batch of equal clips, as something whose time can be taken.
   *
   * @param clip at most as long as the encoder hears at once
   * @param file the same clip
   */
  Stopwatch.Work work(Stage stage, Waveform clip, Path file, int batch) {
    FloatTensor samples = samples(clip, batch);
    int positions = model.encoder().config().positions();
    int frames = model.window().encodedFrames(clip.length(), positions);
    return switch (stage) {
      case DECODE -> () -> decode(file, batch);
      case FRONT_END -> {
        int convolved =
            model.window().mode() == Window.Mode.MEMORY ? Math.min(frames + 1, positions) : frames;
        yield () ->
            frontEnd.run(
                Map.of(EncoderGraph.WAVEFORM, samples),
                Map.of(FRAMES, new long[] {2L * convolved}),
                frontEnd.outputNames());
      }
      case ENCODER -> {
        // As many at once as the recogniser takes.
        int atOnce = variant.largestBatch(batch);
        FloatTensor part = samples(clip, atOnce);
        yield () -> {
          for (int done = 0; done < batch; done += atOnce) {
            encoder.run(Map.of(EncoderGraph.WAVEFORM, part), Map.of(), encoder.outputNames());
          }
        };
      }
      case HEAD -> {
        Map<String, FloatTensor> inputs = states(batch, frames);
        yield () -> head.run(inputs, Map.of(), head.outputNames());
      }
      case TOTAL -> () -> whole.recognize(decode(file, batch));
      case TRAINING_STEP ->
          throw new IllegalArgumentException("a finished model has no training step");
    };
  }

  private static List<Waveform> decode(Path file, int batch) throws IOException {
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      clips.add(AudioDecoder.create().decode(file));
    }
    return clips;
  }

  private FloatTensor samples(Waveform clip, int batch) {
    List<Waveform> clips = Collections.nCopies(batch, clip);
    int positions = model.encoder().config().positions();
    return WaveformBatch.of(clips, model.window(), positions, batch).get(0).samples();
  }

  /** Hidden states of no clip in particular, all frames of which count. */
  private Map<String, FloatTensor> states(int batch, int frames) {
    int width = model.head().statesWidth();
    SplittableRandom random = new SplittableRandom(1);
    FloatBuffer states = FloatTensor.allocate(batch, frames, width);
    while (states.hasRemaining()) {
      states.put((float) (2 * random.nextDouble() - 1));
    }
    FloatBuffer mask = FloatTensor.allocate(batch, frames);
    while (mask.hasRemaining()) {
      mask.put(1);
    }
    return Map.of(
        STATES,
        FloatTensor.wrap(states.rewind(), batch, frames, width),
        MASK,
        FloatTensor.wrap(mask.rewind(), batch, frames));
  }

  @Override
  public void close() {
    whole.close();
    parts.forEach(GraphSession::close);
  }
}
