package dev.serenade.cli;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TextPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model of random weights that goes by words too, weight of the sound 0.3, told German, and the
 * Whisper that it needs, of random weights as well.
 */
public final class SoundAndWords {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root", ".."));

  /** The model. */
  public static final Path MODEL =
      ROOT.resolve(
          "recognition/src/test/resources/dev/serenade/recognition/model/sound-and-words.serenade");

  /** Where its Whisper lies, under its name. */
  private static final Path WHISPERS =
      ROOT.resolve("whisper/src/test/resources/dev/serenade/whisper/decoder");

  /** Its Whisper. */
  public static final Path WHISPER = WHISPERS.resolve("tiny-random");

  private SoundAndWords() {}

  private static EmotionModel read() throws IOException {
    return ModelFile.read(MODEL, new EncoderLocator(WHISPERS));
  }

  /** Loads the model. */
  public static EmotionRecognizer recognizer(RecognizerSettings settings) throws IOException {
    try (EmotionModel model = read()) {
      return EmotionRecognizer.of(model, settings);
    }
  }

  /** Writes the model with another weight of the sound to a file. */
  static void write(double audioWeight, Path file) throws IOException {
    try (EmotionModel model = read()) {
      TextPart part = model.text().orElseThrow();
      TextDescription text = part.description();
      TextDescription weighed =
          new TextDescription(
              text.decoder(),
              text.sha256(),
              text.language(),
              text.head(),
              text.temperature(),
              audioWeight);
      ModelDescription all = model.description();
      ModelDescription description =
          new ModelDescription(
              all.labels(),
              all.encoder(),
              all.window(),
              all.head(),
              all.temperature(),
              all.provenance(),
              all.licences(),
              all.heldOut(),
              Optional.of(weighed));
      ModelFile.write(
          new EmotionModel(
              description,
              model.head(),
              model.encoder(),
              Optional.of(new TextPart(weighed, part.head(), part.states()))),
          true,
          file);
    }
  }
}
