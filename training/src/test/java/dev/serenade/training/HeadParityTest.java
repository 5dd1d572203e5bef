package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.Pooling;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The training engine and ONNX Runtime give the same for every head. */
final class HeadParityTest {

  /** Absolute, for values of up to about 5 that are sums of a few dozen float32 products. */
  private static final Offset<Float> TOLERANCE = Offset.offset(5e-6f);

  @ParameterizedTest
  @MethodSource("dev.serenade.training.RandomHeads#specs")
  void engineAndOnnxAgree(HeadSpec spec) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Head head = RandomHeads.head(spec, random);
      ExampleSet examples = RandomHeads.examples(spec, random, 5, 9, 1, 9, 2);
      HeadOutputs<float[]> engine = run(head, examples);
      HeadOutputs<float[]> onnx = OnnxHead.run(head, examples);
      assertThat(engine.logits()).as("seed %d", seed).containsExactly(onnx.logits(), TOLERANCE);
      assertThat(engine.attention())
          .as("seed %d", seed)
          .containsExactly(onnx.attention(), TOLERANCE);
      assertThat(engine.embedding())
          .as("seed %d", seed)
          .containsExactly(onnx.embedding(), TOLERANCE);
    }
  }

  @Test
  void everyPoolingIsAmongThoseTested() {
    Set<Class<?>> tested =
        RandomHeads.poolings().map(Pooling::getClass).collect(Collectors.toSet());
    assertThat(tested).isEqualTo(Set.of(Pooling.class.getPermittedSubclasses()));
  }

  @Test
  void everyFusionIsAmongThoseTested() {
    Set<Class<?>> tested =
        RandomHeads.fusions().stream().map(LayerFusion::getClass).collect(Collectors.toSet());
    assertThat(tested).isEqualTo(Set.of(LayerFusion.class.getPermittedSubclasses()));
  }

  static HeadOutputs<float[]> run(Head head, ExampleSet examples) {
    HeadParameters parameters = HeadParameters.of(head);
    parameters.publish();
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      Batch batch = new Batch.Assembler(examples.features()).assemble(manager, examples.examples());
      HeadOutputs<NDArray> outputs =
          new HeadNetwork(head.spec(), Optional.empty())
              .forward(parameters.attach(manager, false), batch, UnaryOperator.identity());
      return new HeadOutputs<>(
          outputs.logits().toFloatArray(),
          outputs.attention().toFloatArray(),
          outputs.embedding().toFloatArray());
    }
  }
}
