package dev.serenade.training.experiment;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a head is made and trained, whatever it is trained on.
 *
 * <p>A head without a projector whose pooling learns nothing is linear: it is fitted by {@link
 * dev.serenade.training.LinearHeadTrainer}, to which the settings are of no matter, except the
 * seed, by which others are held out for validation.
 *
 * @param pooling from frames to one vector
 * @param inputNormalisation what happens to hidden states before the projector
 * @param projector whether the projector is learned
 * @param projectionWidth what the projector gives; of no matter where there is none
 * @param dropout while training
 * @param settings of the optimiser and its schedule
 * @param validationFraction which part of the training clips is held out, by speaker, to choose the
 *     epoch and the temperature, in (0, 1)
 * @param refit whether, once the epoch is chosen, the head is trained anew for so many epochs on
 *     all clips, those held out included
 * @param calibration how confidence is made honest
 */
public record Recipe(
    Pooling pooling,
    InputNormalisation inputNormalisation,
    Projector projector,
    int projectionWidth,
    double dropout,
    TrainingSettings settings,
    double validationFraction,
    boolean refit,
    CalibrationPlan calibration) {

  /** Speakers of about one clip in seven are held out. */
  public static final double DEFAULT_VALIDATION_FRACTION = 0.15;

  /** Checks that heads can be made so. */
  public Recipe {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new IllegalArgumentException(
          "expected a validation fraction in (0, 1), found " + validationFraction);
    }
    // Whatever the corpus: a small head shows what is wrong before hours of extraction.
    new HeadSpec(
        new SingleLayer(1),
        Math.max(1, projectionWidth),
        normalisation(inputNormalisation, projector),
        projector,
        projectionWidth,
        pooling,
        2,
        dropout);
  }

  /** Makes a recipe with {@link CalibrationPlan#DEFAULT}. */
  public Recipe(
      Pooling pooling,
      InputNormalisation inputNormalisation,
      Projector projector,
      int projectionWidth,
      double dropout,
      TrainingSettings settings,
      double validationFraction,
      boolean refit) {
    this(
        pooling,
        inputNormalisation,
        projector,
        projectionWidth,
        dropout,
        settings,
        validationFraction,
        refit,
        CalibrationPlan.DEFAULT);
  }

  /** Returns the same with confidence made honest in another way. */
  public Recipe calibrated(CalibrationPlan other) {
    return new Recipe(
        pooling,
        inputNormalisation,
        projector,
        projectionWidth,
        dropout,
        settings,
        validationFraction,
        refit,
        other);
  }

  /**
   * Checks that heads can be made so that read these layers, each of this width.
   *
   * @throws IllegalArgumentException if not; the message says why
   */
  public void check(LayerFusion fusion, int inputWidth) {
    headSpec(fusion, inputWidth, 2);
  }

  /** Returns the head for so many classes that reads these layers, each of this width. */
  HeadSpec headSpec(LayerFusion fusion, int inputWidth, int classes) {
    return new HeadSpec(
        fusion,
        inputWidth,
        normalisation(inputNormalisation, projector),
        projector,
        projector == Projector.NONE ? fusion.fusedWidth(inputWidth) : projectionWidth,
        pooling,
        classes,
        dropout);
  }

  /**
   * Without a projector there is none to fold it into, and a linear head standardises by itself.
   */
  private static InputNormalisation normalisation(InputNormalisation wanted, Projector projector) {
    return projector == Projector.NONE && wanted == InputNormalisation.STANDARDISED
        ? InputNormalisation.NONE
        : wanted;
  }

  /** Returns whether heads are linear. */
  public boolean isLinear() {
    return headSpec(new SingleLayer(1), Math.max(1, projectionWidth), 2).learnsClassifierOnly();
  }

  /** Returns the kind of head, in a word: linear, or else that of the pooling. */
  public String headKind() {
    return isLinear() ? "linear" : pooling.kind();
  }

  /** Returns all of it as text, for provenance. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("pooling", pooling.toJson().toString());
    map.put("inputNormalisation", word(inputNormalisation));
    map.put("projector", word(projector));
    if (isLinear()) {
      map.put("seed", Long.toString(settings.seed()));
      map.put("calibration", word(calibration.method()));
      return map;
    }
    map.put("projectionWidth", Integer.toString(projectionWidth));
    map.put("dropout", Double.toString(dropout));
    map.putAll(settings.toMap());
    map.put("validationFraction", Double.toString(validationFraction));
    map.put("refit", Boolean.toString(refit));
    map.put("calibration", word(calibration.method()));
    map.put("calibrationFolds", Integer.toString(calibration.folds()));
    return map;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
