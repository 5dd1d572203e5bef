package dev.serenade.recognition.head;

/**
 * The operations that heads are made of, on tensors of some kind.
 *
 * <p>A head is written once in terms of these. {@link Head#append} realises them as ONNX nodes, the
 * training module as arrays of its engine; a test holds the two together. In the shapes, B is
 * clips, T frames, H heads.
 *
 * @param <T> a tensor
 */
public interface TensorOperators<T> {

  /** Returns x W^T + b over the last dimension, W and b being parameters of this layer. */
  T linear(String layer, T x);

  /**
   * Returns (x - mean) / sqrt(variance + 1e-5) * weight + bias over the last dimension, weight and
   * bias being parameters of this layer.
   */
  T layerNorm(String layer, T x);

  /**
   * Returns (x - mean) / sqrt(variance + 1e-5) over the last dimension.
   *
   * @param width of the last dimension
   */
  T normalise(T x, int width);

  /** Returns a parameter in its own shape. */
  T parameter(String name);

  /** Returns a parameter of shape (H, width) as one row for each head, shape (H, 1, width). */
  T headRows(String parameter);

  /** Returns x with random elements set to zero while training, and x itself otherwise. */
  T dropout(T x);

  /** Returns a + b; dimensions of length 1 broadcast. */
  T add(T a, T b);

  /** Returns a - b; dimensions of length 1 broadcast. */
  T subtract(T a, T b);

  /** Returns a * b, element by element; dimensions of length 1 broadcast. */
  T multiply(T a, T b);

  /** Returns a / b, element by element; dimensions of length 1 broadcast. */
  T divide(T a, T b);

  /** Returns x * factor. */
  T scale(T x, double factor);

  /** Returns tanh(x), element by element. */
  T tanh(T x);

  /** Returns x where it is above 0 and x / 100 elsewhere, element by element. */
  T leakyRelu(T x);

  /** Returns x where it is above 0 and 0 elsewhere, element by element. */
  T relu(T x);

  /** Returns sqrt(x + epsilon), element by element. */
  T squareRoot(T x, double epsilon);

  /** Returns the softmax over the last dimension. */
  T softmax(T x);

  /** Returns a and b side by side in the last dimension. */
  T concat(T a, T b);

  /**
   * Returns the product of matrices that lie in the last two dimensions; other dimensions of length
   * 1 broadcast. A vector on the left is a matrix of one row, which the result then lacks.
   */
  T matMul(T a, T b);

  /** Returns x with its last two dimensions exchanged. */
  T transpose(T x);

  /** Returns x, shape (.., parts * width), with its last dimension divided, (.., parts, width). */
  T splitLast(T x, int parts);

  /** Returns x, shape (.., parts, width), with its last two dimensions as one. */
  T joinLast(T x);

  /** Returns the mean over the last dimension, which stays with length 1. */
  T meanLast(T x);

  /** Returns x, shape (B, T, H * width), as one matrix for each head, shape (B, H, T, width). */
  T splitHeads(T x, int heads);

  /** Returns x, shape (B, H, T, width), with heads side by side, shape (B, T, H * width). */
  T joinHeads(T x);

  /**
   * Returns x, shape (B, H, T, width), with each head replaced by a sum of all: head i by sum_j
   * matrix_ij head j.
   *
   * @param matrix shape (H, H)
   */
  T mixHeads(T matrix, T x);

  /** Returns x without a dimension, which has length 1; counted from the end where negative. */
  T squeeze(T x, int axis);

  /** Returns x with a dimension of length 1 in this place; counted from the end where negative. */
  T unsqueeze(T x, int axis);

  /**
   * Returns equal weights for the frames of a clip and 0 for others, shape (B, 1, T).
   *
   * @param frameMask 1 for frames of the clip, 0 for others, shape (B, T)
   */
  T meanWeights(T frameMask);

  /**
   * Returns the softmax of scores over the frames of a clip, and 0 for others.
   *
   * @param scores shape (B, H, 1, T)
   * @param frameMask 1 for frames of the clip, 0 for others, shape (B, T)
   */
  T attentionWeights(T scores, T frameMask);
}
