package dev.serenade.examples;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Path;

/** The emotion of one recording, and how sure the model is. */
public final class FirstResult {

  private FirstResult() {}

  /** Prints what is heard in the file that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault()) {
      Recognition heard = recognizer.recognize(Path.of(arguments[0]));
      System.out.printf("%s %.2f%n", heard.emotion(), heard.confidence());
      heard
          .scores()
          .probabilities()
          .forEach((emotion, score) -> System.out.printf("  %s %.3f%n", emotion, score));
    }
  }
}
