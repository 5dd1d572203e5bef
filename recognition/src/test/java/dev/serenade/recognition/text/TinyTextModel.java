package dev.serenade.recognition.text;

import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A model of random weights that goes by words too, those of a Whisper of random weights. Its text
 * head is linear.
 */
public final class TinyTextModel {

  /** A whole Whisper, whose sound lasts 2 s at most. */
  public static final Path WHISPER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  private TinyTextModel() {}

  /** Makes a model whose audio has this weight. */
  public static EmotionModel random(double audioWeight) throws IOException {
    return random(audioWeight, Optional.of("de"));
  }

  /** Makes a model whose decoder is told this language, or finds it out. */
  static EmotionModel random(double audioWeight, Optional<String> language) throws IOException {
    EmotionModel audio = TinyModels.random(new MeanPooling(), Window.adaptive(), 5);
    return of(audio, TokenStates.of(WHISPER, language), audioWeight);
  }

  private static EmotionModel of(EmotionModel audio, TokenStates states, double audioWeight) {
    Head head = head(states);
    ModelDescription plain = audio.description();
    TextDescription text =
        new TextDescription(
            "tiny-random", states.sha256(), states.language(), head.spec(), 1.25, audioWeight);
    ModelDescription description =
        new ModelDescription(
            plain.labels(),
            plain.encoder(),
            plain.window(),
            plain.head(),
            plain.temperature(),
            plain.provenance(),
            plain.licences(),
            plain.heldOut(),
            Optional.of(text));
    return new EmotionModel(
        description, audio.head(), audio.encoder(), Optional.of(new TextPart(text, head, states)));
  }

  private static Head head(TokenStates states) {
    HeadSpec spec =
        new HeadSpec(
            new SingleLayer(states.layer()),
            states.width(),
            InputNormalisation.NONE,
            Projector.NONE,
            states.width(),
            new MeanPooling(),
            3,
            0);
    Random random = new Random(8);
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian() * 0.2f;
      }
      parameters.put(parameter.name(), FloatTensor.of(values, parameter.dimensions()));
    }
    return Head.of(spec, parameters);
  }
}
