package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HeadTest {

  private static final HeadSpec SPEC =
      new HeadSpec(
          new SingleLayer(1), 12, InputNormalisation.STANDARDISED, 8, QkvPooling.of(3, 2), 5, 0.1);

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#all")
  void writtenHeadIsReadBack(HeadSpec spec) throws IOException {
    Head head = RandomHeads.head(spec, new SplittableRandom(1));
    try (SafetensorsFile file = written(head)) {
      Map<String, FloatTensor> read = Head.read(spec, file).parameters();
      assertThat(read.keySet()).containsExactlyElementsOf(head.parameters().keySet());
      read.forEach(
          (name, tensor) -> assertThat(tensor.toArray()).isEqualTo(head.parameter(name).toArray()));
    }
  }

  @Test
  void missingAndUnknownParametersAreNamed() {
    Map<String, FloatTensor> parameters = parameters();
    parameters.remove("qkv.key.bias");
    parameters.put("qkv.keys.bias", FloatTensor.of(new float[6], 6));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(SPEC, parameters))
        .withMessageContaining("missing are [qkv.key.bias]")
        .withMessageContaining("not among them are [qkv.keys.bias]");
  }

  @Test
  void wrongShapeIsNamedWithBothShapes() {
    Map<String, FloatTensor> parameters = parameters();
    parameters.put("projector.weight", FloatTensor.of(new float[96], 12, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(SPEC, parameters))
        .withMessage("parameter projector.weight: expected shape [8, 12], found [12, 8]");
  }

  @Test
  void fileOfAnotherHeadIsRefused() throws IOException {
    HeadSpec other =
        new HeadSpec(new SingleLayer(1), 12, InputNormalisation.NONE, 8, new MeanPooling(), 5, 0);
    try (SafetensorsFile file = written(RandomHeads.head(SPEC, new SplittableRandom(1)))) {
      assertThatThrownBy(() -> Head.read(other, file))
          .isInstanceOf(TensorFormatException.class)
          .hasMessageContaining("head.safetensors")
          .hasMessageContaining("qkv.query.weight");
    }
  }

  @Test
  void foldedHeadGivesForRawStatesWhatTheHeadGivesForStandardisedOnes() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Head head = RandomHeads.head(SPEC, random);
      FloatTensor mean = RandomHeads.tensor(random, 3, 12);
      FloatTensor deviation = FloatTensor.of(toFloats(random.doubles(12, 0.2, 2).toArray()), 12);
      FloatTensor raw = RandomHeads.tensor(random, 2, 1, 6, 12);
      float[] standardised = raw.toArray();
      for (int i = 0; i < standardised.length; i++) {
        standardised[i] = (standardised[i] - mean.get(i % 12)) / deviation.get(i % 12);
      }
      try (HeadRun plain = new HeadRun(head);
          HeadRun folded = new HeadRun(head.foldStandardisation(mean, deviation))) {
        FloatTensor mask = HeadRun.mask(6, 6);
        // Absolute: offsets of up to 15 deviations are subtracted from sums, not from terms.
        assertThat(folded.run(raw, mask).logits().toArray())
            .as("seed %d", seed)
            .containsExactly(
                plain.run(FloatTensor.of(standardised, 1, 6, 12), mask).logits().toArray(),
                Offset.offset(1e-4f));
      }
    }
  }

  @Test
  void dimensionThatDoesNotVaryCannotBeFolded() {
    Head head = RandomHeads.head(SPEC, new SplittableRandom(1));
    FloatTensor zero = FloatTensor.of(new float[12], 12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.foldStandardisation(zero, zero))
        .withMessage("dimension 0: expected a deviation above 0, found 0.0");
  }

  private static Map<String, FloatTensor> parameters() {
    return new LinkedHashMap<>(RandomHeads.head(SPEC, new SplittableRandom(1)).parameters());
  }

  private static SafetensorsFile written(Head head) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    head.write(bytes);
    return SafetensorsFile.of(ByteBuffer.wrap(bytes.toByteArray()), "head.safetensors");
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Test
  void foldedScalesAndBiasesChangeLogitsClassByClass() throws Exception {
    List<Double> scales = List.of(0.5, 1.0, 2.0, 1.5, 0.1);
    List<Double> biases = List.of(0.0, -1.0, 0.5, 2.0, 0.25);
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Head head = RandomHeads.head(SPEC, random);
      FloatTensor states = RandomHeads.tensor(random, 1, 1, 6, 12);
      FloatTensor mask = HeadRun.mask(6, 6);
      try (HeadRun plain = new HeadRun(head);
          HeadRun folded = new HeadRun(head.foldLogitScaling(scales, biases))) {
        float[] expected = plain.run(states, mask).logits().toArray();
        for (int k = 0; k < expected.length; k++) {
          expected[k] = (float) (scales.get(k) * expected[k] + biases.get(k));
        }
        // Rounding of float32 in sums of 8 terms of size 1.
        assertThat(folded.run(states, mask).logits().toArray())
            .as("seed %d", seed)
            .containsExactly(expected, Offset.offset(2e-5f));
      }
    }
  }

  @Test
  void scalesOfAnotherNumberOfClassesAreRefused() {
    Head head = RandomHeads.head(SPEC, new SplittableRandom(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.foldLogitScaling(List.of(1.0), List.of(0.0)))
        .withMessageContaining("each of 5 classes, found 1 and 1");
  }
}
