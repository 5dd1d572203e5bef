package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a head is made of, without its learned values.
 *
 * <pre>{@code
 * x_t    = fusion(x_1t .. x_Nt)          hidden states of N layers, normalised, each of width D
 * h_t    = LayerNorm(W_P x_t + b_P)      projector; W_P (P, D), or (P, N D) after a concatenation;
 *                                        some end otherwise, see Projector
 * z      = pooling(h_1 .. h_T)           embedding, shape (P)
 * logits = W_C z + b_C                   classifier, W_C (classes, P)
 * }</pre>
 *
 * <p>From arXiv 2602.06000, which has one layer and P = 256.
 *
 * @param fusion which layers, and how one is made of them
 * @param inputWidth D, the encoder's width
 * @param inputNormalisation what happens to the hidden states of each layer first
 * @param projector whether there is one, whether W_P and b_P are learned, and what follows them
 * @param projectionWidth P
 * @param pooling from frames to one vector
 * @param classes how many classes there are, at least 2
 * @param dropout how much is dropped while training, in [0, 1); recognition drops nothing
 */
public record HeadSpec(
    LayerFusion fusion,
    int inputWidth,
    InputNormalisation inputNormalisation,
    Projector projector,
    int projectionWidth,
    Pooling pooling,
    int classes,
    double dropout) {

  /** P of the paper. */
  public static final int DEFAULT_PROJECTION_WIDTH = 256;

  /** Attention heads of the paper's ShEMO models; its IEMOCAP models have 12. */
  public static final int DEFAULT_HEADS = 6;

  /** Width of an attention head in all of the paper's models. */
  public static final int DEFAULT_HEAD_WIDTH = 4;

  /** Ours: the paper names no rate. */
  public static final double DEFAULT_DROPOUT = 0.1;

  /** Subtracted from the states of all layers, side by side, where this cannot be folded away. */
  public static final String INPUT_MEAN = "input.mean";

  /** What they are divided by then. */
  public static final String INPUT_DEVIATION = "input.deviation";

  private static final String CLASSIFIER = "classifier";

  /** The projector's weight, into which standardisation is folded. */
  public static final String PROJECTOR_WEIGHT = ParameterSpec.weight(Projector.LAYER);

  /** The projector's bias, into which standardisation is folded. */
  public static final String PROJECTOR_BIAS = ParameterSpec.bias(Projector.LAYER);

  /** The classifier's weight, which has a row for each class. */
  public static final String CLASSIFIER_WEIGHT = ParameterSpec.weight(CLASSIFIER);

  /** The classifier's bias, which has a value for each class. */
  public static final String CLASSIFIER_BIAS = ParameterSpec.bias(CLASSIFIER);

  /** Checks the ranges, and that the projector can be measured where it is to be. */
  public HeadSpec {
    if (inputWidth < 1 || projectionWidth < 1) {
      throw new IllegalArgumentException(
          "expected an input and a projection of width at least 1, found %d and %d"
              .formatted(inputWidth, projectionWidth));
    }
    if (classes < 2) {
      throw new IllegalArgumentException("expected at least 2 classes, found " + classes);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("expected dropout in [0, 1), found " + dropout);
    }
    projector.check(fusion, inputWidth, projectionWidth);
  }

  /** Makes a spec with a learned projector. */
  public HeadSpec(
      LayerFusion fusion,
      int inputWidth,
      InputNormalisation inputNormalisation,
      int projectionWidth,
      Pooling pooling,
      int classes,
      double dropout) {
    this(
        fusion,
        inputWidth,
        inputNormalisation,
        Projector.LEARNED,
        projectionWidth,
        pooling,
        classes,
        dropout);
  }

  /** Returns a spec with our defaults: standardised input, projection to 256, dropout 0.1. */
  public static HeadSpec of(LayerFusion fusion, int inputWidth, Pooling pooling, int classes) {
    return new HeadSpec(
        fusion,
        inputWidth,
        InputNormalisation.STANDARDISED,
        DEFAULT_PROJECTION_WIDTH,
        pooling,
        classes,
        DEFAULT_DROPOUT);
  }

  /** Returns N D, the width of the states of all layers side by side. */
  public int statesWidth() {
    return fusion.layers().size() * inputWidth;
  }

  /**
   * Returns whether a finished head has no constants of standardisation, because they are folded
   * into the projector, see {@link Head#foldStandardisation}.
   */
  public boolean foldsStandardisation() {
    return inputNormalisation == InputNormalisation.STANDARDISED
        && projector != Projector.NONE
        && fusion.isIdentity();
  }

  private boolean keepsStandardisation() {
    return inputNormalisation == InputNormalisation.STANDARDISED && !foldsStandardisation();
  }

  /**
   * Returns whether nothing but the classifier is learned, and nothing is measured: the embedding
   * of a clip is the same from the first step of training to the last.
   */
  public boolean learnsClassifierOnly() {
    return parameters().size() == ParameterSpec.linear(CLASSIFIER, projectionWidth, classes).size();
  }

  /** Returns every tensor, in a fixed order. */
  public List<ParameterSpec> parameters() {
    return ParameterSpec.concat(
        keepsStandardisation()
            ? List.of(
                ParameterSpec.measured(INPUT_MEAN, statesWidth()),
                ParameterSpec.measured(INPUT_DEVIATION, statesWidth()))
            : List.of(),
        fusion.parameters(inputWidth),
        projector.parameters(fusion.fusedWidth(inputWidth), projectionWidth),
        pooling.parameters(projectionWidth),
        ParameterSpec.linear(CLASSIFIER, projectionWidth, classes));
  }

  /**
   * Computes the head.
   *
   * @param states those of all layers side by side, shape (.., N D), finite everywhere
   */
  public <T> HeadOutputs<T> run(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    T projected = frames.padded(project(operators, frames, states));
    Pooled<T> pooled = pooling.pool(operators, Frames.of(operators, projected, frames.mask()));
    T logits = operators.linear(CLASSIFIER, pooled.vector());
    return new HeadOutputs<>(
        operators.squeeze(logits, 1), pooled.weights(), operators.squeeze(pooled.vector(), 1));
  }

  /** Returns h, shape (.., P). */
  <T> T project(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    return projector.apply(operators, projectorInput(operators, frames, states));
  }

  /**
   * Returns x, what the projector sees, shape (.., fused width); without the standardisation that
   * is folded into it, if any.
   *
   * @param states those of all layers side by side, shape (.., N D)
   */
  public <T> T projectorInput(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    return fusion.fuse(operators, frames, normalise(operators, frames, states));
  }

  private <T> T normalise(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    if (!keepsStandardisation()) {
      return inputNormalisation.apply(
          operators, frames, states, fusion.layers().size(), inputWidth);
    }
    T difference = operators.subtract(states, operators.parameter(INPUT_MEAN));
    return operators.divide(difference, operators.parameter(INPUT_DEVIATION));
  }

  /**
   * Returns the lowest format version of model files that can hold this spec, so that builds that
   * know no higher one read all that they could use: 1 for what the first release had, 2 for
   * several layers, 3 for what came later, 4 for other ends of a projector, or none.
   */
  public int formatVersion() {
    return IntStream.of(
            fusion.formatVersion(),
            inputNormalisation.formatVersion(),
            projector.formatVersion(),
            pooling.formatVersion())
        .max()
        .orElseThrow();
  }

  /** Returns this spec as it stands in a model file, which has the layers in another place. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("inputWidth", inputWidth);
    json.addProperty("inputNormalisation", JsonMembers.name(inputNormalisation));
    if (projector != Projector.LEARNED) {
      json.addProperty("projector", JsonMembers.name(projector));
    }
    json.addProperty("projectionWidth", projectionWidth);
    json.add("pooling", pooling.toJson());
    json.addProperty("classes", classes);
    json.addProperty("dropout", dropout);
    return json;
  }

  /**
   * Reads what {@link #toJson} gives; members that are not known are ignored.
   *
   * @param fusion which layers, and how one is made of them
   * @throws IllegalArgumentException if a member is missing or of the wrong kind; the message names
   *     it
   */
  public static HeadSpec fromJson(JsonObject json, LayerFusion fusion) {
    JsonMembers members = new JsonMembers("head", json);
    return new HeadSpec(
        fusion,
        members.integer("inputWidth"),
        members.constant("inputNormalisation", InputNormalisation.class),
        members.constant("projector", Projector.LEARNED),
        members.integer("projectionWidth"),
        Pooling.fromJson(members.child("pooling")),
        members.integer("classes"),
        members.number("dropout"));
  }
}
