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
 * <p>The DFT is a convolution with windowed cosines and sines: 400 x 400 numbers, small beside the
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
    GraphValue mirrored = mirrored(graph, padded(graph, waveform, frames));
    GraphValue spectrum =
        graph
            .node("Conv")
            .inputs(graph.unsqueeze(mirrored, 1), graph.weight("front_end.dft", fourierBasis()))
            .attribute("strides", new long[] {HOP_LENGTH})
            .output();
    // The last frame of 30 s, which Whisper drops before it takes the maximum.
    GraphValue kept = graph.slice(spectrum, graph.integers(0), graph.integers(maxFrames), 2);
    GraphValue mel =
        graph.matMul(graph.weight("front_end.mel", filters()), graph.multiply(kept, kept));
    GraphValue floored = graph.node("Max").inputs(mel, graph.scalar(1e-10f)).output();
    GraphValue log =
        graph.multiply(
            graph.node("Log").inputs(floored).output(), graph.scalar((float) (1 / Math.log(10))));
    GraphValue loudest =
        graph.node("ReduceMax").inputs(log, graph.integers(1, 2)).attribute("keepdims", 1).output();
    GraphValue clamped =
        graph.node("Max").inputs(log, graph.subtract(loudest, graph.scalar(8f))).output();
    GraphValue scaled = graph.multiply(graph.add(clamped, graph.scalar(4f)), graph.scalar(0.25f));
    return graph.slice(scaled, graph.integers(0), frames, 2);
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
    return spectra * WINDOW_LENGTH * WINDOW_LENGTH
        + Math.min(spectra, maxFrames) * WINDOW_LENGTH * melBands;
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

  /** Rows: cosines of bins 0 to 200, then sines of bins 1 to 199 (the other two are zero). */
  private static FloatTensor fourierBasis() {
    float[] basis = new float[WINDOW_LENGTH * WINDOW_LENGTH];
    for (int row = 0; row < WINDOW_LENGTH; row++) {
      for (int i = 0; i < WINDOW_LENGTH; i++) {
        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW_LENGTH);
        int turns = bin(row) * i % WINDOW_LENGTH;
        double angle = 2 * Math.PI * turns / WINDOW_LENGTH;
        basis[row * WINDOW_LENGTH + i] =
            (float) (hann * (row < BINS ? Math.cos(angle) : Math.sin(angle)));
      }
    }
    return FloatTensor.of(basis, WINDOW_LENGTH, 1, WINDOW_LENGTH);
  }

  /** Each band's gain for the squares of the rows of the basis. */
  private FloatTensor filters() {
    MelFilterBank bank = new MelFilterBank(melBands);
    float[] filters = new float[melBands * WINDOW_LENGTH];
    for (int band = 0; band < melBands; band++) {
      for (int row = 0; row < WINDOW_LENGTH; row++) {
        double frequencyHz = bin(row) * (double) Waveform.SAMPLE_RATE_HZ / WINDOW_LENGTH;
        filters[band * WINDOW_LENGTH + row] = (float) bank.gain(band, frequencyHz);
      }
    }
    return FloatTensor.of(filters, melBands, WINDOW_LENGTH);
  }

  private static int bin(int row) {
    return row < BINS ? row : row - BINS + 1;
  }
}
