package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A way from the projected frames of a clip, h_1 .. h_T, each of width P, to one vector of width P.
 *
 * <p>Every pooling is masked: a frame outside the clip takes no weight, whatever it holds.
 */
public sealed interface Pooling
    permits MeanPooling, WeightedMeanPooling, StatisticsPooling, AttentivePooling, QkvPooling {

  /** Returns the name used on the command line and in model files. */
  String kind();

  /** Returns how many rows of weights this pooling has for a clip, at least 1. */
  int attentionHeads();

  /**
   * Returns the learned tensors, in a fixed order; their names start with {@link #kind}.
   *
   * @param width P
   */
  List<ParameterSpec> parameters(int width);

  /** Returns the lowest format version of model files that can hold this, see {@link HeadSpec}. */
  default int formatVersion() {
    return 1;
  }

  /** Pools. Frames outside a clip take no weight. */
  <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames);

  /**
   * Returns this pooling with the equations of the code released with arXiv 2602.06000, where they
   * are not those of the paper.
   */
  Pooling asReleased();

  /** Returns this pooling as part of a model file's head spec. */
  JsonObject toJson();

  /**
   * Reads what {@link #toJson} gives.
   *
   * @throws IllegalArgumentException if a member is missing, or the kind is not known
   */
  static Pooling fromJson(JsonObject json) {
    JsonMembers members = new JsonMembers("pooling", json);
    String kind = members.text("kind");
    return switch (kind) {
      case MeanPooling.KIND -> new MeanPooling();
      case WeightedMeanPooling.KIND -> new WeightedMeanPooling();
      case StatisticsPooling.KIND -> StatisticsPooling.read(members);
      case AttentivePooling.KIND -> AttentivePooling.read(members);
      case QkvPooling.KIND -> QkvPooling.read(members);
      default ->
          throw new IllegalArgumentException(
              "pooling: expected kind %s, %s, %s, %s or %s, found %s"
                  .formatted(
                      MeanPooling.KIND,
                      WeightedMeanPooling.KIND,
                      StatisticsPooling.KIND,
                      AttentivePooling.KIND,
                      QkvPooling.KIND,
                      kind));
    };
  }
}
