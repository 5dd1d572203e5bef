package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.tensor.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * The encoder whose hidden states heads are trained on.
 *
 * @param weights which are open
 * @param identity of the whole encoder, also where only part of it is here
 * @param blocks how many of its blocks are here, the first ones
 */
record OpenEncoder(EncoderWeights weights, EncoderIdentity identity, int blocks)
    implements AutoCloseable {

  /** Opens an encoder by its folder or name, or the one of the model that comes with Serenade. */
  static OpenEncoder of(String name) throws CannotRunException {
    try {
      return name.equals(NamedModel.DEFAULT) ? ofDefaultModel() : kept(name);
    } catch (FileNotFoundException e) {
      throw new CannotRunException(
          "%s; or take --encoder default, the first blocks of whisper-base, which are here"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private static OpenEncoder ofDefaultModel() throws CannotRunException {
    EmotionModel model = NamedModel.read(NamedModel.DEFAULT);
    ModelDescription description = model.description();
    return new OpenEncoder(
        model.encoder(), description.encoder(), description.head().fusion().highest());
  }

  private static OpenEncoder kept(String name) throws IOException {
    EncoderLocator encoders = EncoderLocator.create();
    EncoderWeights weights = encoders.open(name);
    try {
      EncoderIdentity identity =
          new EncoderIdentity(
              encoders.nameFor(encoders.locate(name)),
              Sha256.of(weights.files()),
              weights.config());
      return new OpenEncoder(weights, identity, weights.config().blocks());
    } catch (IOException e) {
      weights.close();
      throw e;
    }
  }

  @Override
  public void close() throws CannotRunException {
    try {
      weights.close();
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }
}
