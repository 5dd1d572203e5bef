package dev.serenade.recognition.head;

/**
 * Frames padded to one length.
 *
 * @param operators of the tensors
 * @param mask 1 for frames of the clip, 0 for others, shape (B, T)
 * @param <T> a tensor
 */
public record PaddedFrames<T>(TensorOperators<T> operators, T mask) implements ClipFrames<T> {

  @Override
  public T means(T states) {
    return operators.matMul(operators.meanWeights(mask), states);
  }

  @Override
  public T spread(T clips) {
    return clips;
  }

  @Override
  public T padded(T states) {
    return states;
  }
}
