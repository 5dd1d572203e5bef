package dev.serenade.whisper.mel;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.FloatTensor;

/**
 * The log-Mel spectrogram as part of an ONNX graph.
 *
 * <pre>{@code
 * P_k,t = |DFT of hann(400) * x around sample 160 t|^2     k = 0..200, x mirrored before its start
 * M_b,t = sum_k F_b,k P_k,t                                F: MelFilterBank
 * L_b,t = log10(max(M_b,t, 1e-10))
 * S_b,t = (max(L_b,t, max(L) - 8) + 4) / 4
 * }</pre>
 *
 * <p>The maximum is the clip's own, over all bands and frames, those of the padding that still hear
 * the clip's end included, as in Whisper, where the padding reaches to 30 s.
 *
 * <p>The DFT is two products with windowed cosines and sines: 399 x 201 numbers, small beside the
 * encoder, and exact to float32.
 */
public final class LogMelGraph {

  /** Samples from one frame to the next: 10 ms. */
  public static final int HOP_LENGTH = 160;

  /** Samples of one frame, and of its DFT: 25 ms. */
  static final int WINDOW_LENGTH = 400;

  /** The upper edge of the last band. */
  static final double HIGHEST_HZ = Waveform.SAMPLE_RATE_HZ / 2.0;

  /** Frames after a clip's end that may still hear it: their windows begin 200 samples early. */
  private static final int TRAILING_FRAMES = 2;

  private static final int BINS = WINDOW_LENGTH / 2 + 1;

  private final int melBands;
  private final int maxFrames;

  /**
   * Prepares the front end.
   *
   * @param melBands 80 or 128
   * @param maxFrames the most frames there may be; 3,000 for 30 s
   */
  public LogMelGraph(int melBands, int maxFrames) {
    this.melBands = melBands;
    this.maxFrames = maxFrames;
  }

  /**
   * Adds the front end.
   *
   * @param waveform shape (B, samples)
   * @param frames how many frames to compute, shape (1), at most maxFrames; samples beyond are
   *     dropped, silence is added where they are short
   * @return shape (B, melBands, frames)
   */
  public GraphValue append(GraphBuilder graph, GraphValue waveform, GraphValue frames) {
    GraphValue spectra = spectra(graph, mirrored(graph, padded(graph, waveform, frames)));
    // The last frame of 30 s, which Whisper drops before it takes the maximum.
    GraphValue kept = graph.slice(spectra, graph.integers(0), graph.integers(maxFrames), 1);
    GraphValue mel = graph.matMul(kept, graph.weight("front_end.mel", melFilters(melBands)));
    GraphValue floored = graph.node("Max").inputs(mel, graph.scalar(1e-10f)).output();
    GraphValue log =
        graph.multiply(
            graph.node("Log").inputs(floored).output(), graph.scalar((float) (1 / Math.log(10))));
    GraphValue loudest =
        graph.node("ReduceMax").inputs(log, graph.integers(1, 2)).attribute("keepdims", 1).output();
    GraphValue clamped =
        graph.node("Max").inputs(log, graph.subtract(loudest, graph.scalar(8f))).output();
    GraphValue scaled = graph.multiply(graph.add(clamped, graph.scalar(4f)), graph.scalar(0.25f));
    return graph.transpose(graph.slice(scaled, graph.integers(0), frames, 1), 0, 2, 1);
  }

  /**
   * Returns how many multiply-adds the front end does for a clip: those of the DFT and of the Mel
   * filters.
   *
   * @param melBands 80 or 128
   * @param maxFrames the most frames there may be
   * @param frames how many are asked for
   */
  public static long multiplyAdds(int melBands, int maxFrames, long frames) {
    long samples =
        Math.min(
            frames * HOP_LENGTH + TRAILING_FRAMES * HOP_LENGTH + WINDOW_LENGTH / 2,
            (long) maxFrames * HOP_LENGTH);
    long spectra = samples / HOP_LENGTH + 1;
    return spectra * (WINDOW_LENGTH - 1) * BINS + Math.min(spectra, maxFrames) * BINS * melBands;
  }

  /** Silence after the clip, for all frames and those that trail, but never beyond 30 s. */
  private GraphValue padded(GraphBuilder graph, GraphValue waveform, GraphValue frames) {
    GraphValue wanted =
        graph.add(
            graph.multiply(frames, graph.integers(HOP_LENGTH)),
            graph.integers(TRAILING_FRAMES * HOP_LENGTH + WINDOW_LENGTH / 2));
    GraphValue length =
        graph.node("Min").inputs(wanted, graph.integers((long) maxFrames * HOP_LENGTH)).output();
    GraphValue missing = graph.subtract(length, graph.dimension(waveform, 1));
    // A negative padding cuts.
    return graph
        .node("Pad")
        .inputs(waveform, graph.concat(0, graph.integers(0, 0, 0), missing))
        .output();
  }

  private static GraphValue mirrored(GraphBuilder graph, GraphValue waveform) {
    long half = WINDOW_LENGTH / 2;
    return graph
        .node("Pad")
        .inputs(waveform, graph.integers(0, half, 0, half))
        .attribute("mode", "reflect")
        .output();
  }

  /**
   * Power spectra, shape (B, S, bins), of samples that were mirrored at their ends.
   *
   * <p>The Hann window is even around sample 200 of a frame, and so are cosines; sines are odd. So
   * each frame is folded there, which halves the work:
   *
   * <pre>{@code
   * Re_k =  sum_{n=1..199} w_n (x_n + x_{400-n}) cos(2 pi k n / 400) + w_200 x_200 cos(pi k)
   * Im_k = -sum_{n=1..199} w_n (x_n - x_{400-n}) sin(2 pi k n / 400)        w_0 = 0
   * }</pre>
   */
  private static GraphValue spectra(GraphBuilder graph, GraphValue samples) {
    GraphValue frames = frames(graph, samples);
    long half = WINDOW_LENGTH / 2;
    GraphValue rising = part(graph, frames, 1, half, 1);
    GraphValue falling = part(graph, frames, WINDOW_LENGTH - 1, half, -1);
    GraphValue even =
        graph.concat(2, graph.add(rising, falling), part(graph, frames, half, half + 1, 1));
    GraphValue odd = graph.subtract(rising, falling);
    GraphValue real = graph.matMul(even, graph.weight("front_end.cosines", basis(true)));
    GraphValue imaginary = graph.matMul(odd, graph.weight("front_end.sines", basis(false)));
    return graph.add(graph.multiply(real, real), graph.multiply(imaginary, imaginary));
  }

  /** Samples of each frame from one to another, before it; backwards with a step of -1. */
  private static GraphValue part(
      GraphBuilder graph, GraphValue frames, long from, long to, long step) {
    return graph
        .node("Slice")
        .inputs(
            frames,
            graph.integers(from),
            graph.integers(to),
            graph.integers(2),
            graph.integers(step))
        .output();
  }

  /**
   * Frame f holds samples 160 f to 160 f + 399: hops f and f + 1, and the first half of f + 2;
   * shape (B, S, 400).
   */
  private static GraphValue frames(GraphBuilder graph, GraphValue samples) {
    GraphValue count =
        graph.add(
            graph.divide(
                graph.subtract(graph.dimension(samples, 1), graph.integers(WINDOW_LENGTH)),
                graph.integers(HOP_LENGTH)),
            graph.integers(1));
    GraphValue one = graph.add(count, graph.integers(1));
    GraphValue two = graph.add(count, graph.integers(2));
    GraphValue longer =
        graph.node("Pad").inputs(samples, graph.integers(0, 0, 0, HOP_LENGTH)).output();
    GraphValue whole =
        graph.slice(longer, graph.integers(0), graph.multiply(two, graph.integers(HOP_LENGTH)), 1);
    GraphValue hops = graph.reshape(whole, 0, -1, HOP_LENGTH);
    GraphValue last = graph.slice(hops, graph.integers(2), two, 1);
    return graph.concat(
        2,
        graph.slice(hops, graph.integers(0), count, 1),
        graph.slice(hops, graph.integers(1), one, 1),
        graph.slice(last, graph.integers(0), graph.integers(WINDOW_LENGTH - 2L * HOP_LENGTH), 2));
  }

  /** Windowed cosines (sample 1 to 200) or sines (to 199), for every bin. */
  private static FloatTensor basis(boolean even) {
    int samples = even ? WINDOW_LENGTH / 2 : WINDOW_LENGTH / 2 - 1;
    float[] basis = new float[samples * BINS];
    for (int i = 0; i < samples; i++) {
      int n = i + 1;
      double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / WINDOW_LENGTH);
      for (int bin = 0; bin < BINS; bin++) {
        double angle = 2 * Math.PI * (bin * n % WINDOW_LENGTH) / WINDOW_LENGTH;
        basis[i * BINS + bin] = (float) (hann * (even ? Math.cos(angle) : Math.sin(angle)));
      }
    }
    return FloatTensor.of(basis, samples, BINS);
  }

  /** Returns each band's gain for each bin of the spectrum, shape (bins, melBands). */
  public static FloatTensor melFilters(int melBands) {
    MelFilterBank bank = new MelFilterBank(melBands);
    float[] filters = new float[BINS * melBands];
    for (int bin = 0; bin < BINS; bin++) {
      double frequencyHz = bin * (double) Waveform.SAMPLE_RATE_HZ / WINDOW_LENGTH;
      for (int band = 0; band < melBands; band++) {
        filters[bin * melBands + band] = (float) bank.gain(band, frequencyHz);
      }
    }
    return FloatTensor.of(filters, BINS, melBands);
  }
}
