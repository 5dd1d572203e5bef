package dev.serenade.training.experiment;

import dev.serenade.corpus.Emotion;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.model.DescribedHead;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.model.ModelFormatException;
import dev.serenade.training.StartingHead;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The head of a finished model, from which others are trained: on few clips, or for other emotions.
 *
 * @param name of the model, for messages and provenance
 * @param model its head, and what is said of it
 */
public record PretrainedHead(String name, DescribedHead model) {

  /**
   * Reads the head of a model file.
   *
   * @throws ModelFormatException if the file is damaged, altered, of an unknown version, or of a
   *     model that goes by words too, of which this would be half
   * @throws IOException if it cannot be read
   */
  public static PretrainedHead read(Path file) throws IOException {
    DescribedHead model = ModelFile.readHead(file);
    if (model.description().text().isPresent()) {
      throw new ModelFormatException(
          "%s: goes by sound and words; training starts from models that go by the sound alone"
              .formatted(file));
    }
    return new PretrainedHead(file.toString(), model);
  }

  /**
   * Reads the head of the model that comes with Serenade.
   *
   * @param name what to call it
   */
  public static PretrainedHead ofDefaultModel(String name) throws IOException {
    try (InputStream in = EmotionRecognizer.openDefaultModel()) {
      return new PretrainedHead(name, ModelFile.readHead(in, name));
    }
  }

  /**
   * Checks that heads of this recipe can start from this one: that they hear the same through the
   * same encoder, and are made alike. Emotions may differ.
   *
   * @throws IllegalArgumentException if not; the message says what differs, and both
   */
  public void requireFit(
      Recipe recipe, LayerFusion fusion, EncoderIdentity encoder, Window window) {
    ModelDescription description = model.description();
    EncoderIdentity own = description.encoder();
    if (!own.sha256().equals(encoder.sha256())) {
      throw new IllegalArgumentException(
          "%s: trained on encoder %s with SHA-256 %s, but this run is on %s with SHA-256 %s"
              .formatted(name, own.name(), own.sha256(), encoder.name(), encoder.sha256()));
    }
    if (!description.window().equals(window)) {
      throw new IllegalArgumentException(
          "%s: trained with %s, but this run has %s".formatted(name, description.window(), window));
    }
    int classes = description.labels().size();
    try {
      startingHead(description.labels())
          .requireFit(recipe.headSpec(fusion, own.config().width(), classes));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Returns what heads of these emotions start from. */
  StartingHead startingHeadOf(List<Emotion> emotions) {
    return startingHead(emotions.stream().map(Emotion::name).toList());
  }

  private StartingHead startingHead(List<String> labels) {
    return StartingHead.of(model.head(), model.description().labels(), labels);
  }
}
