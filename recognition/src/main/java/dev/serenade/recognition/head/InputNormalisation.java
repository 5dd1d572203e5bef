package dev.serenade.recognition.head;

/**
 * What happens to hidden states before the projector, to those of each layer by itself.
 *
 * <p>With x_td dimension d of frame t, of T frames of the clip and D dimensions of the layer.
 */
public enum InputNormalisation {
  /** Nothing, as in the paper. */
  NONE,
  /**
   * Each dimension minus its mean over the training frames, divided by its standard deviation
   * there. A finished head has this folded into the projector's weights where it can be, see {@link
   * Head#foldStandardisation}, so that it costs nothing; where not, it keeps them as constants.
   */
  STANDARDISED,
  /**
   * Each frame by itself, without learned gain and bias (Ba et al., "Layer normalization", 2016):
   *
   * <pre>{@code
   * (x_td - m_t) / sqrt(v_t + 1e-5)        m_t, v_t: mean and variance of x_t over D
   * }</pre>
   */
  LAYER_NORM,
  /**
   * Each clip by itself, all of its dimensions together:
   *
   * <pre>{@code
   * (x_td - m) / sqrt(v + 1e-5)            m, v: mean and variance of x over T and D
   * }</pre>
   *
   * <p>As EmoBox (Ma et al., Interspeech 2024) extracts features with {@code --output_norm}: its
   * {@code examples/sb/speech_feature_extraction.py} cuts Whisper's hidden states to the clip's
   * frames, then calls PyTorch's {@code layer_norm} over the shape (T, D), for each layer by
   * itself. It is not a normalisation of each dimension over time. EmoBox counts whole frames of 20
   * ms, we the last one too if it is begun. In training, T are the frames that a step shows.
   */
  UTTERANCE;

  private static final double EPSILON = 1e-5;

  /**
   * Normalises what does not depend on training frames.
   *
   * @param states those of all layers side by side, shape (.., N D)
   * @param layers N
   * @param width D
   */
  <T> T apply(TensorOperators<T> operators, ClipFrames<T> frames, T states, int layers, int width) {
    return switch (this) {
      case NONE, STANDARDISED -> states;
      case LAYER_NORM -> frameByFrame(operators, states, layers, width);
      case UTTERANCE -> clipByClip(operators, frames, states, layers);
    };
  }

  private static <T> T frameByFrame(TensorOperators<T> operators, T states, int layers, int width) {
    if (layers == 1) {
      return operators.normalise(states, width);
    }
    return operators.joinLast(operators.normalise(operators.splitLast(states, layers), width));
  }

  private static <T> T clipByClip(
      TensorOperators<T> operators, ClipFrames<T> frames, T states, int layers) {
    T mean = spread(operators, frames, means(operators, frames, states, layers));
    T difference = operators.subtract(operators.splitLast(states, layers), mean);
    T flat = operators.joinLast(difference);
    T variance = means(operators, frames, operators.multiply(flat, flat), layers);
    T deviation = operators.squareRoot(spread(operators, frames, variance), EPSILON);
    return operators.joinLast(operators.divide(difference, deviation));
  }

  /** Returns the mean of each layer over the clip's frames and all dimensions, (B, 1, N). */
  private static <T> T means(
      TensorOperators<T> operators, ClipFrames<T> frames, T states, int layers) {
    T ofDimensions = operators.splitLast(frames.means(states), layers);
    return operators.squeeze(operators.meanLast(ofDimensions), -1);
  }

  /** Returns one number for each layer of a clip, (B, 1, N), for all of its frames, (.., N, 1). */
  private static <T> T spread(TensorOperators<T> operators, ClipFrames<T> frames, T clips) {
    return operators.unsqueeze(frames.spread(clips), -1);
  }

  int formatVersion() {
    return this == NONE || this == STANDARDISED ? 1 : 3;
  }
}
