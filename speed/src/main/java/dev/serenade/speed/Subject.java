package dev.serenade.speed;

import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is measured: a model, and what to call it.
 *
 * @param name as it stands in results
 * @param model closed with this
 */
public record Subject(String name, EmotionModel model) implements Closeable {

  /** As many as in the paper. */
  private static final List<String> CLASSES = List.of("angry", "happy", "neutral", "sad");

  /**
   * Puts a head of the paper on the last layer of an encoder. It was never trained, so its scores
   * mean nothing, but it takes as long as one that was.
   *
   * @param encoder closed with the subject
   */
  public static Subject untrained(String name, EncoderWeights encoder, Window window)
      throws IOException {
    WhisperConfig config = encoder.config();
    HeadSpec spec = paperHead(config);
    ModelDescription description =
        new ModelDescription(
            CLASSES,
            new EncoderIdentity(name, Sha256.of(encoder.files()), config),
            window,
            spec,
            1,
            Map.of(),
            List.of());
    return new Subject(name, new EmotionModel(description, head(spec), encoder));
  }

  /** The paper's: the last layer, query, key and value in 6 heads of width 4, 4 classes. */
  static HeadSpec paperHead(WhisperConfig config) {
    return HeadSpec.of(
        new SingleLayer(config.blocks()),
        config.width(),
        QkvPooling.of(HeadSpec.DEFAULT_HEADS, HeadSpec.DEFAULT_HEAD_WIDTH),
        CLASSES.size());
  }

  private static Head head(HeadSpec spec) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        double unit = 2 * random.nextDouble() - 1;
        values[i] = (float) (parameter.initialMean() + parameter.initialSpread() * unit);
      }
      parameters.put(parameter.name(), FloatTensor.of(values, parameter.dimensions()));
    }
    return Head.of(spec, parameters);
  }

  /** Returns the longest clip that the encoder hears at once, in seconds. */
  public double longestSeconds() {
    return Window.longestSeconds(model.description().encoder().config().positions());
  }

  /** Returns the number of the last layer that is computed. */
  int lastLayer() {
    return model.description().head().fusion().highest();
  }

  @Override
  public void close() throws IOException {
    model.close();
  }
}
