package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.WeightedMeanPooling;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against finite differences, along one direction in each parameter. */
@Tag("slow")
final class HeadGradientTest {

  /** A step that leaves as little of float32's rounding as of the third derivative. */
  private static final float STEP = 4e-3f;

  /** Absolute and relative: the loss is about 1.5, rounded to 1e-7, divided by twice the step. */
  private static final double TOLERANCE = 5e-4;

  private static final EpochNoise NO_NOISE =
      EpochNoise.of(0, Perturbations.NONE, new short[RandomHeads.WIDTH], new SplittableRandom(0));

  @ParameterizedTest
  @MethodSource("dev.serenade.training.RandomHeads#specs")
  void gradientIsTheFiniteDifference(HeadSpec spec) {
    for (long seed : RandomHeads.seeds().limit(2).toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      ExampleSet examples = RandomHeads.examples(spec, random, 6, 3, 8, 1);
      HeadParameters parameters = HeadParameters.of(RandomHeads.head(spec, random));
      Shard shard =
          new Shard(
              new HeadNetwork(
                  spec,
                  Optional.of(Standardisation.of(examples))
                      .filter(measured -> spec.foldsStandardisation())),
              new LossFunction(TrainingSettings.DEFAULT, examples.labels(), RandomHeads.CLASSES),
              parameters,
              examples.features());
      loss(shard, parameters, examples);
      float[] gradients = shard.gradients().clone();
      int offset = 0;
      List<ParameterSpec> learned =
          spec.parameters().stream().filter(ParameterSpec::learned).toList();
      for (ParameterSpec parameter : learned) {
        float[] direction = direction(gradients, offset, parameter.size());
        double slope = 0;
        for (int i = 0; i < direction.length; i++) {
          slope += direction[i] * gradients[i];
        }
        double tolerance = TOLERANCE * (1 + Math.abs(slope));
        double difference = difference(shard, parameters, examples, direction, STEP);
        if (Math.abs(difference - slope) > tolerance && hasKink(spec)) {
          difference = difference(shard, parameters, examples, direction, STEP / 8);
        }
        assertThat(difference)
            .as("%s, seed %d", parameter.name(), seed)
            .isCloseTo(slope, Offset.offset(tolerance));
        offset += parameter.size();
      }
    }
  }

  /** Whether some points have no derivative; a smaller step is less likely to cross one. */
  private static boolean hasKink(HeadSpec spec) {
    return spec.pooling() instanceof WeightedMeanPooling || spec.projector() == Projector.RELU;
  }

  /** Returns the slope between a step back and a step ahead, and leaves parameters as they were. */
  private static double difference(
      Shard shard, HeadParameters parameters, ExampleSet examples, float[] direction, float step) {
    float[] before = parameters.values().clone();
    move(parameters, direction, step);
    double ahead = loss(shard, parameters, examples);
    move(parameters, direction, -2 * step);
    double behind = loss(shard, parameters, examples);
    System.arraycopy(before, 0, parameters.values(), 0, before.length);
    return (ahead - behind) / (2 * step);
  }

  private static double loss(Shard shard, HeadParameters parameters, ExampleSet examples) {
    parameters.publish();
    return shard.step(examples.examples(), examples.size(), NO_NOISE).share();
  }

  /** Returns the unit vector along the gradient of one parameter. */
  private static float[] direction(float[] gradients, int offset, int size) {
    float[] direction = new float[gradients.length];
    double squares = 1e-30;
    for (int i = offset; i < offset + size; i++) {
      squares += gradients[i] * gradients[i];
    }
    for (int i = offset; i < offset + size; i++) {
      direction[i] = (float) (gradients[i] / Math.sqrt(squares));
    }
    return direction;
  }

  private static void move(HeadParameters parameters, float[] direction, float step) {
    float[] values = parameters.values();
    for (int i = 0; i < direction.length; i++) {
      values[i] += step * direction[i];
    }
  }
}
