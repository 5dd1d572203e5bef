package dev.serenade.training;

import static dev.serenade.training.SettingException.require;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How a head is trained; what it is made of is its {@code HeadSpec}.
 *
 * <p>{@link #DEFAULT} is the recipe of arXiv 2602.06000, with the weight decay that PyTorch's AdamW
 * has when none is named.
 *
 * @param epochs how often every example is seen, at least 1
 * @param batchSize examples a step, at least 1
 * @param peakLearningRate the highest rate, above 0
 * @param warmUpFraction which part of all steps the rate rises in, in [0, 1]
 * @param weightDecay of AdamW, at least 0
 * @param loss what is made small
 * @param classWeights how much an example counts
 * @param labelSmoothing how much of each target is spread over all classes, in [0, 1)
 * @param sampling which examples an epoch is made of
 * @param perturbations what is done to clips while training
 * @param patience training ends after so many epochs without a better one; 0 for never
 * @param schedule how the learning rate goes
 * @param seed same seed, same head: it decides first values, order, dropout and perturbations
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    double peakLearningRate,
    double warmUpFraction,
    double weightDecay,
    Loss loss,
    ClassWeights classWeights,
    double labelSmoothing,
    Sampling sampling,
    Perturbations perturbations,
    int patience,
    Schedule schedule,
    long seed) {

  /** The paper's recipe. */
  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          30,
          16,
          1e-3,
          0.1,
          0.01,
          Loss.CROSS_ENTROPY,
          ClassWeights.NONE,
          0,
          Sampling.UNIFORM,
          Perturbations.NONE,
          0,
          Schedule.COSINE,
          0);

  /** Checks the ranges. */
  public TrainingSettings {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(batchSize >= 1, "batchSize", "at least 1", batchSize);
    require(
        peakLearningRate > 0 && Double.isFinite(peakLearningRate),
        "peakLearningRate",
        "above 0",
        peakLearningRate);
    require(
        warmUpFraction >= 0 && warmUpFraction <= 1, "warmUpFraction", "in [0, 1]", warmUpFraction);
    require(
        weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", "at least 0", weightDecay);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "in [0, 1)", labelSmoothing);
    require(patience >= 0, "patience", "at least 0", patience);
  }

  /** Returns these settings with another seed. */
  public TrainingSettings withSeed(long other) {
    return with("seed", Long.toString(other));
  }

  /**
   * Returns these settings with one of them changed.
   *
   * @param name a key of {@link #toMap}
   * @param value as text; names of constants in lower case with hyphens, such as {@code
   *     cross-entropy}
   * @throws IllegalArgumentException if there is no such setting, or the value does not fit it
   */
  public TrainingSettings with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** Returns these settings with some of them changed, as {@link #with(String, String)} does. */
  public TrainingSettings with(Map<String, String> changes) {
    Map<String, String> all = toMap();
    changes.forEach(
        (name, value) -> {
          if (all.replace(name, value) == null) {
            throw new IllegalArgumentException(
                "there is no setting %s; there are %s".formatted(name, all.keySet()));
          }
        });
    return new TrainingSettings(
        number(all, "epochs", Integer::valueOf),
        number(all, "batchSize", Integer::valueOf),
        number(all, "peakLearningRate", Double::valueOf),
        number(all, "warmUpFraction", Double::valueOf),
        number(all, "weightDecay", Double::valueOf),
        constant(all, "loss", Loss.class),
        constant(all, "classWeights", ClassWeights.class),
        number(all, "labelSmoothing", Double::valueOf),
        constant(all, "sampling", Sampling.class),
        new Perturbations(
            number(all, "frameShare", Double::valueOf),
            number(all, "timeMask", Double::valueOf),
            number(all, "featureMask", Double::valueOf),
            number(all, "mixup", Double::valueOf)),
        number(all, "patience", Integer::valueOf),
        constant(all, "schedule", Schedule.class),
        number(all, "seed", Long::valueOf));
  }

  /** Returns all settings as text, by name, in a fixed order, for provenance and configuration. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("epochs", Integer.toString(epochs));
    map.put("batchSize", Integer.toString(batchSize));
    map.put("peakLearningRate", Double.toString(peakLearningRate));
    map.put("warmUpFraction", Double.toString(warmUpFraction));
    map.put("weightDecay", Double.toString(weightDecay));
    map.put("loss", name(loss));
    map.put("classWeights", name(classWeights));
    map.put("labelSmoothing", Double.toString(labelSmoothing));
    map.put("sampling", name(sampling));
    map.put("frameShare", Double.toString(perturbations.frameShare()));
    map.put("timeMask", Double.toString(perturbations.timeMask()));
    map.put("featureMask", Double.toString(perturbations.featureMask()));
    map.put("mixup", Double.toString(perturbations.mixup()));
    map.put("patience", Integer.toString(patience));
    map.put("schedule", name(schedule));
    map.put("seed", Long.toString(seed));
    return map;
  }

  private static <N extends Number> N number(
      Map<String, String> map, String name, Function<String, N> parser) {
    try {
      return parser.apply(map.get(name));
    } catch (NumberFormatException e) {
      throw new SettingException(name, "expected a number of its kind, found " + map.get(name), e);
    }
  }

  private static <E extends Enum<E>> E constant(
      Map<String, String> map, String name, Class<E> type) {
    String value = map.get(name);
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> name(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    name,
                    "expected one of %s, found %s"
                        .formatted(
                            Arrays.stream(constants).map(TrainingSettings::name).toList(), value)));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
