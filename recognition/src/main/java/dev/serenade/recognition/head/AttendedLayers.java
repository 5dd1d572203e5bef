package dev.serenade.recognition.head;

import java.util.List;

/**
 * Attention over layers: each clip has its own weighted sum of them.
 *
 * <p>With m_l the mean of layer l over the clip's frames:
 *
 * <pre>{@code
 * e_l = w2 . tanh(W_1 m_l + b_1) + k_l    W_1 (64, D) and w2 (64) for all layers, k (N), at first 0
 * a   = softmax_l(e)                      one weight for each layer of the clip
 * x   = sum_l a_l x_l                     the same a for every frame of the clip
 * }</pre>
 *
 * <p>The layer fusion by attention that arXiv 2602.06000 names as future work; the scorer is that
 * of its attentive pooling. Without w2 it is {@link WeightedLayers}.
 *
 * @param layers two or more
 */
public record AttendedLayers(List<Integer> layers) implements LayerFusion {

  static final String KIND = "attention";

  private static final int SCORER_WIDTH = 64;

  private static final String SCORE = "fusion.score";
  private static final String SCORE_COLUMN = "fusion.score2.weight";
  private static final String OFFSETS = "fusion.offsets";

  /** Checks and copies the layers. */
  public AttendedLayers {
    layers = SeveralLayers.checked(KIND, layers);
  }

  @Override
  public String text() {
    return KIND + ":" + LayerText.of(layers);
  }

  @Override
  public int fusedWidth(int width) {
    return width;
  }

  @Override
  public boolean isIdentity() {
    return false;
  }

  @Override
  public List<ParameterSpec> parameters(int width) {
    return ParameterSpec.concat(
        ParameterSpec.linear(SCORE, width, SCORER_WIDTH),
        List.of(
            ParameterSpec.column(SCORE_COLUMN, SCORER_WIDTH),
            ParameterSpec.zeros(OFFSETS, layers.size())));
  }

  @Override
  public <T> T fuse(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    int count = layers.size();
    T means = operators.splitLast(frames.means(states), count);
    T hidden = operators.tanh(operators.linear(SCORE, means));
    T scores = operators.squeeze(operators.matMul(hidden, operators.parameter(SCORE_COLUMN)), 3);
    T weights = operators.softmax(operators.add(scores, operators.parameter(OFFSETS)));
    T rows = operators.unsqueeze(frames.spread(weights), -2);
    return operators.squeeze(operators.matMul(rows, operators.splitLast(states, count)), -2);
  }
}
