package dev.serenade.recognition.head;

/**
 * What a pooling is given: the projected frames of a batch of clips, some of which may be padding.
 *
 * @param states h, shape (B, T, P), finite everywhere
 * @param mask 1 for frames of the clip, 0 for others, shape (B, T)
 * @param meanWeights 1 / (frames of the clip) for frames of the clip, 0 for others, (B, 1, T)
 * @param mean mean_t(h) over the frames of the clip, shape (B, 1, P)
 * @param <T> a tensor
 */
public record Frames<T>(T states, T mask, T meanWeights, T mean) {

  static <T> Frames<T> of(TensorOperators<T> operators, T states, T mask) {
    T meanWeights = operators.meanWeights(mask);
    return new Frames<>(states, mask, meanWeights, operators.matMul(meanWeights, states));
  }
}
