package dev.serenade.recognition.head;

import java.util.List;

/**
 * How the heads of {@link QkvPooling} act on one another, before their output Linear.
 *
 * <p>With keys k_i, values v_i and outputs c_i of head i, each of width d:
 *
 * <pre>{@code
 * k_i <- k_i + sum_j A_ij k_j          A (H, H) learned, at first 0; in every frame
 * v_i <- v_i + sum_j B_ij v_j          B (H, H) learned, at first 0; in every frame
 * c_i <- g_i norm(c_i) + s_i           norm: mean 0 and variance 1 over the d values of the head;
 *                                      g (H, d) at first 1, s (H, d) at first 0, both learned
 * }</pre>
 *
 * <p>After Peng et al., "Explicit multi-head attention for inter-head interaction in large language
 * models", arXiv 2601.19611: a linear composition of keys and of values across heads, and a group
 * normalisation whose groups are the heads. There, every position of a text queries every other;
 * here, a clip has one query. Their compositions may make another number of heads, to save memory;
 * ours keep it. Ours are written as what is added to the heads, so that training starts at the
 * pooling without interaction, and weight decay leads back to it. Where the Linears before them are
 * free, as here, compositions express nothing that other Linears could not: they change the way
 * that training takes, and mix what dropout left of the other heads. The normalisation does change
 * what a head can say: of d values only d - 2 are free.
 */
public enum HeadInteraction {
  /** Heads meet in the output Linear only. */
  NONE,
  /** Keys and values are recombined. */
  LINEAR,
  /** Keys and values are recombined, and outputs normalised. */
  NORMALISED;

  private static final String KEYS = ".interaction.keys";
  private static final String VALUES = ".interaction.values";
  private static final String GAIN = ".interaction.gain";
  private static final String SHIFT = ".interaction.shift";

  void check(int headWidth) {
    if (this == NORMALISED && headWidth < 2) {
      throw new IllegalArgumentException(
          "heads of width at least 2 are needed to normalise them, found " + headWidth);
    }
  }

  List<ParameterSpec> parameters(String pooling, int heads, int headWidth) {
    List<ParameterSpec> compositions =
        List.of(
            ParameterSpec.constants(pooling + KEYS, 0, heads, heads),
            ParameterSpec.constants(pooling + VALUES, 0, heads, heads));
    List<ParameterSpec> norm =
        List.of(
            ParameterSpec.constants(pooling + GAIN, 1, heads, headWidth),
            ParameterSpec.constants(pooling + SHIFT, 0, heads, headWidth));
    return switch (this) {
      case NONE -> List.of();
      case LINEAR -> compositions;
      case NORMALISED -> ParameterSpec.concat(compositions, norm);
    };
  }

  /** Recombines keys, shape (B, H, T, d). */
  <T> T keys(TensorOperators<T> operators, String pooling, T keys) {
    return recombined(operators, pooling + KEYS, keys);
  }

  /** Recombines values, shape (B, H, T, d). */
  <T> T values(TensorOperators<T> operators, String pooling, T values) {
    return recombined(operators, pooling + VALUES, values);
  }

  private <T> T recombined(TensorOperators<T> operators, String matrix, T x) {
    if (this == NONE) {
      return x;
    }
    return operators.add(x, operators.mixHeads(operators.parameter(matrix), x));
  }

  /** Normalises outputs, shape (B, H, 1, d). */
  <T> T outputs(TensorOperators<T> operators, String pooling, T outputs, int headWidth) {
    if (this != NORMALISED) {
      return outputs;
    }
    T normalised = operators.normalise(outputs, headWidth);
    return operators.add(
        operators.multiply(normalised, operators.headRows(pooling + GAIN)),
        operators.headRows(pooling + SHIFT));
  }
}
