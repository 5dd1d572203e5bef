package dev.serenade.whisper;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whisper's encoder in plain double precision, written from the paper's formulas. */
final class PlainEncoder {

  private final RandomEncoder encoder;
  private final Optional<SilenceMemory> silence;
  private final int width;
  private final int heads;

  private PlainEncoder(RandomEncoder encoder, Optional<SilenceMemory> silence) {
    this.encoder = encoder;
    this.silence = silence;
    this.width = encoder.config().width();
    this.heads = encoder.config().heads();
  }

  /**
   * Returns the hidden states of layers 0 to some layer, each of shape (T, D).
   *
   * @param logMel shape (bands, 2 T)
   */
  static List<double[][]> layers(RandomEncoder encoder, LogMelSpectrogram logMel, int last) {
    return new PlainEncoder(encoder, Optional.empty()).layers(logMel, last);
  }

  /**
   * Returns the same for a window of which only the first frames are given: the others are silence,
   * and their keys and values are those that a memory has for the middle of their cell.
   */
  static List<double[][]> layers(
      RandomEncoder encoder, LogMelSpectrogram logMel, int last, SilenceMemory silence) {
    return new PlainEncoder(encoder, Optional.of(silence)).layers(logMel, last);
  }

  private List<double[][]> layers(LogMelSpectrogram logMel, int last) {
    int given = logMel.frames();
    double[][] mel =
        new double[silence.isPresent() ? 2 * encoder.config().positions() : given]
            [logMel.melBands()];
    for (int t = 0; t < mel.length; t++) {
      for (int band = 0; band < logMel.melBands(); band++) {
        mel[t][band] = logMel.get(band, Math.min(t, given - 1));
      }
    }
    double[][] x = Arrays.copyOf(layerZero(mel), given / 2);
    double floor = logMel.get(0, given - 1);
    List<double[][]> layers = new ArrayList<>();
    layers.add(x);
    for (int block = 0; block < last; block++) {
      x = block(block, x, floor);
      layers.add(block + 1 == encoder.config().blocks() ? norm("layer_norm", x) : x);
    }
    return layers;
  }

  /** Returns the keys of a block, counted from 1, for a log-Mel spectrogram, frame by frame. */
  static double[][] keys(RandomEncoder encoder, double[][] mel, int number) {
    PlainEncoder plain = new PlainEncoder(encoder, Optional.empty());
    double[][] x = plain.layerZero(mel);
    for (int block = 0; block < number - 1; block++) {
      x = plain.block(block, x, 0);
    }
    String name = "layers." + (number - 1) + ".";
    return plain.linear(name + "self_attn.k_proj", plain.norm(name + "self_attn_layer_norm", x));
  }

  private double[][] layerZero(double[][] mel) {
    double[][] x = convolution("conv2", convolution("conv1", mel, 1), 2);
    FloatTensor positions = tensor("embed_positions.weight");
    for (int t = 0; t < x.length; t++) {
      for (int d = 0; d < width; d++) {
        x[t][d] += positions.get(t * width + d);
      }
    }
    return x;
  }

  private FloatTensor tensor(String name) {
    return Objects.requireNonNull(encoder.tensors().get(name), name);
  }

  /** Kernel of three frames, one frame of zeros at either end, then gelu. */
  private double[][] convolution(String name, double[][] x, int stride) {
    FloatTensor weight = tensor(name + ".weight");
    FloatTensor bias = tensor(name + ".bias");
    int channels = x[0].length;
    double[][] y = new double[(x.length - 1) / stride + 1][width];
    for (int t = 0; t < y.length; t++) {
      for (int d = 0; d < width; d++) {
        double sum = bias.get(d);
        for (int k = 0; k < 3; k++) {
          int from = t * stride + k - 1;
          if (from >= 0 && from < x.length) {
            for (int c = 0; c < channels; c++) {
              sum += weight.get((d * channels + c) * 3 + k) * x[from][c];
            }
          }
        }
        y[t][d] = gelu(sum);
      }
    }
    return y;
  }

  private double[][] block(int block, double[][] x, double floor) {
    String name = "layers." + block + ".";
    double[][] normed = norm(name + "self_attn_layer_norm", x);
    double[][] y = sum(x, attention(block, normed, floor));
    double[][] inner = linear(name + "fc1", norm(name + "final_layer_norm", y));
    for (double[] frame : inner) {
      for (int i = 0; i < frame.length; i++) {
        frame[i] = gelu(frame[i]);
      }
    }
    return sum(y, linear(name + "fc2", inner));
  }

  private double[][] attention(int block, double[][] x, double floor) {
    String name = "layers." + block + ".self_attn.";
    double[][] query = linear(name + "q_proj", x);
    double[][] key = linear(name + "k_proj", x);
    double[][] value = linear(name + "v_proj", x);
    if (silence.isPresent()) {
      SilenceMemory.Block memory = silence.get().block(block + 1);
      key = withSilence(key, memory, memory.keys().toFloats(), floor);
      value = withSilence(value, memory, memory.values().toFloats(), floor);
      FloatTensor bias = tensor(name + "v_proj.bias");
      for (int t = x.length; t < value.length; t++) {
        for (int d = 0; d < width; d++) {
          value[t][d] += bias.get(d);
        }
      }
    }
    int headWidth = width / heads;
    double[][] context = new double[x.length][width];
    for (int head = 0; head < heads; head++) {
      int from = head * headWidth;
      for (int t = 0; t < x.length; t++) {
        double[] weights = new double[key.length];
        double total = 0;
        for (int s = 0; s < key.length; s++) {
          double score = 0;
          for (int d = from; d < from + headWidth; d++) {
            score += query[t][d] * key[s][d];
          }
          weights[s] = Math.exp(score / Math.sqrt(headWidth));
          total += weights[s];
        }
        for (int s = 0; s < key.length; s++) {
          for (int d = from; d < from + headWidth; d++) {
            context[t][d] += weights[s] / total * value[s][d];
          }
        }
      }
    }
    return linear(name + "out_proj", context);
  }

  /**
   * Appends a row for every frame of the window that is missing, between the nearest two levels.
   */
  private double[][] withSilence(
      double[][] own, SilenceMemory.Block memory, FloatTensor byLevel, double floor) {
    int levels = SilenceMemory.levels();
    int above = 1;
    while (above < levels - 1 && floor > SilenceMemory.level(above)) {
      above++;
    }
    double below = SilenceMemory.level(above - 1);
    double share = (floor - below) / (SilenceMemory.level(above) - below);
    share = Math.min(1, Math.max(0, share));
    double[][] all = Arrays.copyOf(own, encoder.config().positions());
    for (int t = own.length; t < all.length; t++) {
      int cell = 0;
      while (memory.end(cell) <= t) {
        cell++;
      }
      all[t] = new double[width];
      for (int d = 0; d < width; d++) {
        int at = ((above - 1) * memory.cells() + cell) * width + d;
        all[t][d] =
            (1 - share) * byLevel.get(at) + share * byLevel.get(at + memory.cells() * width);
      }
    }
    return all;
  }

  /** x W^T + b, W of shape (out, in); Whisper's keys have no b. */
  private double[][] linear(String name, double[][] x) {
    FloatTensor weight = tensor(name + ".weight");
    boolean hasBias = encoder.tensors().containsKey(name + ".bias");
    int to = (int) weight.shape()[0];
    int from = (int) weight.shape()[1];
    double[][] y = new double[x.length][to];
    for (int o = 0; o < to; o++) {
      double bias = hasBias ? tensor(name + ".bias").get(o) : 0;
      for (int t = 0; t < x.length; t++) {
        double sum = bias;
        for (int i = 0; i < from; i++) {
          sum += weight.get(o * from + i) * x[t][i];
        }
        y[t][o] = sum;
      }
    }
    return y;
  }

  private double[][] norm(String name, double[][] x) {
    FloatTensor weight = tensor(name + ".weight");
    FloatTensor bias = tensor(name + ".bias");
    double[][] y = new double[x.length][width];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      for (double value : x[t]) {
        mean += value / width;
      }
      double variance = 0;
      for (double value : x[t]) {
        variance += (value - mean) * (value - mean) / width;
      }
      for (int d = 0; d < width; d++) {
        y[t][d] = (x[t][d] - mean) / Math.sqrt(variance + 1e-5) * weight.get(d) + bias.get(d);
      }
    }
    return y;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      for (int d = 0; d < a[t].length; d++) {
        sum[t][d] = a[t][d] + b[t][d];
      }
    }
    return sum;
  }

  private static double gelu(double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /** 2 / sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (1 3 5 .. (2n+1)): no term cancels another. */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
