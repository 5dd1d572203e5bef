package dev.serenade.spark;

import dev.serenade.analysis.Doubt;
import dev.serenade.analysis.DoubtException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.whisper.tensor.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The model of a job, as its driver has read it.
 *
 * @param name the name of its file, or {@code default}
 * @param sha256 of the whole file
 * @param content the file, to be sent to the workers; empty for the default model, which they have
 * @param doubt what the model is to do where it is not sure
 */
record ScoringModel(String name, String sha256, Optional<byte[]> content, Doubt doubt) {

  /**
   * Reads and checks the model.
   *
   * @throws IOException if there is none, or it is damaged; the message names it
   * @throws DoubtException if the model does not know enough of itself for what is wanted
   */
  static ScoringModel read(ScoringOptions options, Configuration hadoop)
      throws IOException, DoubtException {
    options.doubt().check();
    String name = options.model().map(file -> new Path(file).getName()).orElse("default");
    byte[] content = options.model().isPresent() ? bytes(options.model().get(), hadoop) : own();
    try (EmotionModel model =
        ModelFile.read(
            new ByteArrayInputStream(content),
            options.model().orElse("default model"),
            EncoderLocator.create())) {
      return new ScoringModel(
          name,
          Sha256.of(content),
          options.model().map(file -> content),
          options.doubt().of(model.description()));
    }
  }

  private static byte[] own() throws IOException {
    try (InputStream in = EmotionRecognizer.openDefaultModel()) {
      return in.readAllBytes();
    }
  }

  private static byte[] bytes(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    }
  }
}
