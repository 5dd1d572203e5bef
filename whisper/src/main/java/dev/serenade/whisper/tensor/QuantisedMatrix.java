package dev.serenade.whisper.tensor;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A matrix of weights in small integers, symmetric around zero, with a scale for each output:
 *
 * <pre>{@code
 * s_n = max_k |W_nk| / 63          W of shape (N, K), as PyTorch keeps a linear layer
 * Q_kn = round(W_nk / s_n)         so that W_nk is about s_n Q_kn, within s_n / 2
 * }</pre>
 *
 * <p>Seven bits of the eight are used: x86 processors without VNNI add pairs of products of an
 * unsigned and a signed byte in 16 bits, and 2 * 255 * 63 is the most that stays inside. So the
 * result is the same on every processor, and nothing saturates.
 *
 * @param values Q, signed bytes of shape (K, N)
 * @param scales s, of shape (N)
 */
public record QuantisedMatrix(StoredTensor values, FloatTensor scales) {

  private static final int LARGEST = 63;

  /**
   * Quantises a matrix.
   *
   * @param weight shape (N, K)
   */
  public static QuantisedMatrix of(FloatTensor weight) {
    long[] shape = weight.shape();
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "a matrix expected, found %d dimensions".formatted(shape.length));
    }
    int outputs = (int) shape[0];
    int inputs = (int) shape[1];
    float[] all = weight.toArray();
    float[] scales = new float[outputs];
    byte[] values = new byte[all.length];
    for (int n = 0; n < outputs; n++) {
      float largest = 0;
      for (int k = 0; k < inputs; k++) {
        largest = Math.max(largest, Math.abs(all[n * inputs + k]));
      }
      scales[n] = largest == 0 ? 1 : largest / LARGEST;
      float perUnit = 1 / scales[n];
      for (int k = 0; k < inputs; k++) {
        values[k * outputs + n] = (byte) Math.round(all[n * inputs + k] * perUnit);
      }
    }
    return new QuantisedMatrix(
        new StoredTensor(
            ElementType.I8, List.of((long) inputs, (long) outputs), ByteBuffer.wrap(values)),
        FloatTensor.of(scales, outputs));
  }
}
