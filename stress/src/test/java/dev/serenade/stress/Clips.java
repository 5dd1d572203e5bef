package dev.serenade.stress;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Made-up clips, and what was said of them. */
final class Clips {

  static final List<String> CLASSES = List.of("angry", "sad");

  private Clips() {}

  static Utterance clip(String id, String speaker, String sex, String emotion) {
    return Utterance.builder(id, Path.of(id), speaker, Emotion.of(emotion)).sex(sex).build();
  }

  static ClassProbabilities said(String emotion) {
    return emotion.equals("angry")
        ? ClassProbabilities.of(CLASSES, 0.8, 0.2)
        : ClassProbabilities.of(CLASSES, 0.3, 0.7);
  }

  /** A clip with one change. */
  static HeardClip heard(Utterance clip, String clean, String changed) {
    return new HeardClip(
        clip, said(clean), List.of(said(clean)), List.of(said(changed)), OptionalDouble.of(120));
  }
}
