package dev.serenade.cli;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;

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

  /** Loads the model. */
  public static EmotionRecognizer recognizer(RecognizerSettings settings) throws IOException {
    try (EmotionModel model = ModelFile.read(MODEL, new EncoderLocator(WHISPERS))) {
      return EmotionRecognizer.of(model, settings);
    }
  }
}
