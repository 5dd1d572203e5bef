package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What a head is made of, without its learned values.
 *
 * <pre>{@code
 * h_t    = LayerNorm(W_P x_t + b_P)      projector; x_t a hidden state of width D, W_P (P, D)
 * z      = pooling(h_1 .. h_T)           embedding, shape (P)
 * logits = W_C z + b_C                   classifier, W_C (classes, P)
 * }</pre>
 *
 * <p>From arXiv 2602.06000, which has P = 256.
 *
 * @param inputWidth D, the encoder's width
 * @param inputNormalisation what happens to hidden states before the projector
 * @param projectionWidth P
 * @param pooling from frames to one vector
 * @param classes how many classes there are, at least 2
 * @param dropout how much is dropped while training, in [0, 1); recognition drops nothing
 */
public record HeadSpec(
    int inputWidth,
    InputNormalisation inputNormalisation,
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

  private static final String PROJECTOR = "projector";
  private static final String PROJECTOR_NORM = "projector.norm";
  private static final String CLASSIFIER = "classifier";

  /** The projector's weight, into which standardisation is folded. */
  public static final String PROJECTOR_WEIGHT = ParameterSpec.weight(PROJECTOR);

  /** The projector's bias, into which standardisation is folded. */
  public static final String PROJECTOR_BIAS = ParameterSpec.bias(PROJECTOR);

  /** Checks the ranges. */
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
  }

  /** Returns a spec with our defaults: standardised input, projection to 256, dropout 0.1. */
  public static HeadSpec of(int inputWidth, Pooling pooling, int classes) {
    return new HeadSpec(
        inputWidth,
        InputNormalisation.STANDARDISED,
        DEFAULT_PROJECTION_WIDTH,
        pooling,
        classes,
        DEFAULT_DROPOUT);
  }

  /** Returns every learned tensor, in a fixed order. */
  public List<ParameterSpec> parameters() {
    return ParameterSpec.concat(
        ParameterSpec.linear(PROJECTOR, inputWidth, projectionWidth),
        ParameterSpec.layerNorm(PROJECTOR_NORM, projectionWidth),
        pooling.parameters(projectionWidth),
        ParameterSpec.linear(CLASSIFIER, projectionWidth, classes));
  }

  /** Returns h, shape (.., P), for hidden states of shape (.., D). */
  public <T> T project(TensorOperators<T> operators, T hiddenStates) {
    return operators.layerNorm(PROJECTOR_NORM, operators.linear(PROJECTOR, hiddenStates));
  }

  /**
   * Pools and classifies.
   *
   * @param projected h, shape (B, T, P), finite everywhere
   * @param frameMask 1 for frames of the clip, 0 for others, shape (B, T)
   */
  public <T> HeadOutputs<T> classify(TensorOperators<T> operators, T projected, T frameMask) {
    Pooled<T> pooled = pooling.pool(operators, Frames.of(operators, projected, frameMask));
    T logits = operators.linear(CLASSIFIER, pooled.vector());
    return new HeadOutputs<>(
        operators.squeeze(logits, 1), pooled.weights(), operators.squeeze(pooled.vector(), 1));
  }

  /** Returns this spec as it stands in a model file. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("inputWidth", inputWidth);
    json.addProperty("inputNormalisation", JsonMembers.name(inputNormalisation));
    json.addProperty("projectionWidth", projectionWidth);
    json.add("pooling", pooling.toJson());
    json.addProperty("classes", classes);
    json.addProperty("dropout", dropout);
    return json;
  }

  /**
   * Reads what {@link #toJson} gives; members that are not known are ignored.
   *
   * @throws IllegalArgumentException if a member is missing or of the wrong kind; the message names
   *     it
   */
  public static HeadSpec fromJson(JsonObject json) {
    JsonMembers members = new JsonMembers("head", json);
    return new HeadSpec(
        members.integer("inputWidth"),
        members.constant("inputNormalisation", InputNormalisation.class),
        members.integer("projectionWidth"),
        Pooling.fromJson(members.child("pooling")),
        members.integer("classes"),
        members.number("dropout"));
  }
}
