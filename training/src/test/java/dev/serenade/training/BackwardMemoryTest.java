package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.recognition.head.HeadSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the backward pass reads must outlive a garbage collection after the forward pass. */
@Tag("slow")
class BackwardMemoryTest {

  /** As small as a scalar's, so that the freed place of one is likely to be taken. */
  private static final int SMALL_BYTES = 4;

  private static final int BUFFERS = 2_000;

  @ParameterizedTest
  @MethodSource("dev.serenade.training.RandomHeads#specs")
  void gradientsDoNotDependOnGarbageCollection(HeadSpec spec) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    ExampleSet examples = RandomHeads.examples(spec, random, 6, 3, 8, 1);
    HeadParameters parameters = HeadParameters.of(RandomHeads.head(spec, random));
    parameters.publish();
    float[] undisturbed = gradients(spec, parameters, examples, false);
    float[] disturbed = gradients(spec, parameters, examples, true);
    assertThat(disturbed).containsExactly(undisturbed);
  }

  private static float[] gradients(
      HeadSpec spec, HeadParameters parameters, ExampleSet examples, boolean disturb)
      throws InterruptedException {
    TrainingEngine.prepareThread(true);
    LossFunction loss =
        new LossFunction(TrainingSettings.DEFAULT, examples.labels(), RandomHeads.CLASSES);
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> arrays = parameters.attach(manager, true);
      Batch batch = new Batch.Assembler(examples.features()).assemble(manager, examples.examples());
      NDArray logits =
          new HeadNetwork(spec, Optional.empty())
              .forward(arrays, batch, UnaryOperator.identity())
              .logits();
      NDArray value =
          loss.apply(logits, loss.targets(manager, examples.examples(), examples.size()));
      if (disturb) {
        takeFreedMemory();
      }
      TrainingEngine.backward(value);
      float[] gradients = new float[parameters.learned()];
      HeadParameters.gradients(arrays, gradients);
      return gradients;
    }
  }

  private static void takeFreedMemory() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      System.gc();
      // The thread that frees direct memory runs after the collection.
      Thread.sleep(20);
      List<ByteBuffer> buffers = new ArrayList<>();
      for (int i = 0; i < BUFFERS; i++) {
        buffers.add(ByteBuffer.allocateDirect(SMALL_BYTES).putInt(0, 0x7F7F7F7F));
      }
      assertThat(buffers).hasSize(BUFFERS);
    }
  }
}
