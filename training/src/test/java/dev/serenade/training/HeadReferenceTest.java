package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.HeadInteraction;
import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.PaddedFrames;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heads in the training engine against the same equations in Python. */
final class HeadReferenceTest {

  /** Absolute, for values of about 1. */
  private static final float TOLERANCE = 1e-6f;

  private static final int[] LENGTHS = {40, 25, 7};
  private static final int FRAMES = 40;

  private final Path file =
      Path.of(System.getProperty("serenade.shared", ""), "reference/heads.safetensors");

  @BeforeEach
  void requireReference() {
    assumeThat(Files.exists(file)).as("reference values at %s", file).isTrue();
  }

  @Test
  void meanAgrees() throws IOException {
    assertThat(difference(new MeanPooling(), "mean.pooled")).isLessThan(TOLERANCE);
  }

  @Test
  void qkvAgrees() throws IOException {
    Pooling pooling =
        new QkvPooling(6, 4, Query.GLOBAL_MEAN, true, false, OutputNorm.NONE, HeadInteraction.NONE);
    assertThat(difference(pooling, "qkv.pooled")).isLessThan(TOLERANCE);
  }

  @Test
  void attentiveAgrees() throws IOException {
    Pooling pooling = new AttentivePooling(6, 4, false, false, OutputNorm.NONE);
    assertThat(difference(pooling, "attentive.pooled")).isLessThan(TOLERANCE);
  }

  /** Returns the greatest difference of the embedding from the reference. */
  private float difference(Pooling pooling, String name) throws IOException {
    HeadSpec spec = HeadSpec.of(new SingleLayer(1), 384, pooling, 4);
    TrainingEngine.prepareThread(false);
    try (SafetensorsFile reference = SafetensorsFile.open(file);
        NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> parameters = new HashMap<>();
      for (ParameterSpec parameter : spec.parameters()) {
        // The file has no classifier.
        FloatTensor values =
            parameter.name().startsWith("classifier.")
                ? FloatTensor.of(new float[parameter.size()], parameter.dimensions())
                : reference.read(parameter.name());
        parameters.put(
            parameter.name(), manager.create(values.toArray(), new Shape(parameter.dimensions())));
      }
      EngineOperators operators = new EngineOperators(parameters, UnaryOperator.identity());
      NDArray states = manager.create(reference.read("input").toArray(), new Shape(3, FRAMES, 384));
      NDArray mask = manager.create(mask(), new Shape(3, FRAMES));
      HeadOutputs<NDArray> outputs =
          spec.run(operators, new PaddedFrames<>(operators, mask), states);
      float[] actual = outputs.embedding().toFloatArray();
      float[] expected = reference.read(name, 3, 256).toArray();
      float greatest = 0;
      for (int i = 0; i < expected.length; i++) {
        greatest = Math.max(greatest, Math.abs(actual[i] - expected[i]));
      }
      return greatest;
    }
  }

  private static float[] mask() {
    float[] mask = new float[3 * FRAMES];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % FRAMES < LENGTHS[i / FRAMES] ? 1 : 0;
    }
    return mask;
  }
}
