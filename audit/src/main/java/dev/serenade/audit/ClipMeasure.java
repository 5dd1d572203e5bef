package dev.serenade.audit;

import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.internal.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What checks need to know of a clip's sound; the sound itself is not kept.
 *
 * @param clip whose sound it is
 * @param sampleHash SHA-256 of the decoded samples
 * @param durationSeconds how long it lasts
 * @param levelDecibels mean power of what is no silence, in decibels of full scale; {@value
 *     #LEAST_DECIBELS} at least
 * @param spectralTilt slope of the long-term spectrum from 100 Hz to 6.3 kHz, in decibels an
 *     octave; 0 for digital silence
 * @param leadingSilenceSeconds time before the first 10 ms within 40 dB of the strongest 10 ms
 * @param trailingSilenceSeconds time after the last of these
 * @param leadingZerosSeconds time before the first sample that is not zero
 * @param trailingZerosSeconds time after the last of these; 0 if there are none at all
 * @param fingerprint to find copies by
 */
record ClipMeasure(
    Utterance clip,
    String sampleHash,
    double durationSeconds,
    double levelDecibels,
    double spectralTilt,
    double leadingSilenceSeconds,
    double trailingSilenceSeconds,
    double leadingZerosSeconds,
    double trailingZerosSeconds,
    Fingerprint fingerprint) {

  static final double LEAST_DECIBELS = -100;

  private static final int PIECE = Waveform.SAMPLE_RATE_HZ / 100;
  private static final double SILENCE_RATIO = 1e-4;

  /** A third of an octave each, from 100 Hz to 6.3 kHz. */
  private static final int TILT_BANDS = 18;

  private static final List<Integer> TILT_EDGES = Spectra.bandEdges(TILT_BANDS, 100, 6400);
  private static final double BANDS_PER_OCTAVE = 3;

  /** Measures a clip of at least one sample. */
  static ClipMeasure of(Utterance clip, Waveform sound) {
    float[] samples = sound.toArray();
    double[] powers = powers(samples);
    double strongest = 0;
    for (double power : powers) {
      strongest = Math.max(strongest, power);
    }
    double threshold = strongest * SILENCE_RATIO;
    int first = 0;
    while (powers[first] < threshold) {
      first++;
    }
    int last = powers.length - 1;
    while (powers[last] < threshold) {
      last--;
    }
    double sum = 0;
    int loud = 0;
    for (double power : powers) {
      if (power >= threshold) {
        sum += power;
        loud++;
      }
    }
    int leadingZeros = leadingZeros(samples);
    List<float[]> energies = new ArrayList<>();
    double[] longTerm = new double[Spectra.LENGTH / 2 + 1];
    Spectra.each(
        samples,
        (frame, power) -> {
          energies.add(Fingerprint.bands(power));
          for (int k = 0; k < power.length; k++) {
            longTerm[k] += power[k];
          }
        });
    int afterLast = Math.min((last + 1) * PIECE, samples.length);
    return new ClipMeasure(
        clip,
        hash(samples),
        sound.durationSeconds(),
        decibels(sum / loud),
        tilt(longTerm),
        seconds(first * PIECE),
        seconds(samples.length - afterLast),
        seconds(leadingZeros),
        seconds(leadingZeros == samples.length ? 0 : trailingZeros(samples)),
        Fingerprint.of(energies));
  }

  /** Returns whether every sample is zero. */
  boolean isDigitalSilence() {
    return leadingZerosSeconds == durationSeconds;
  }

  private static double[] powers(float[] samples) {
    double[] powers = new double[(samples.length + PIECE - 1) / PIECE];
    for (int p = 0; p < powers.length; p++) {
      int end = Math.min((p + 1) * PIECE, samples.length);
      for (int n = p * PIECE; n < end; n++) {
        powers[p] += (double) samples[n] * samples[n] / (end - p * PIECE);
      }
    }
    return powers;
  }

  /** Returns the least-squares slope of band levels over octaves. */
  private static double tilt(double[] power) {
    double[] levels = new double[TILT_BANDS];
    double total = 0;
    for (int b = 0; b < TILT_BANDS; b++) {
      for (int k = TILT_EDGES.get(b); k < TILT_EDGES.get(b + 1); k++) {
        levels[b] += power[k] / (TILT_EDGES.get(b + 1) - TILT_EDGES.get(b));
      }
      total += levels[b];
    }
    if (total == 0) {
      return 0;
    }
    double middle = (TILT_BANDS - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int b = 0; b < TILT_BANDS; b++) {
      double octave = (b - middle) / BANDS_PER_OCTAVE;
      products += octave * decibels(levels[b] / total);
      squares += octave * octave;
    }
    return products / squares;
  }

  private static double decibels(double power) {
    return Math.max(LEAST_DECIBELS, 10 * Math.log10(power));
  }

  private static double seconds(int samples) {
    return (double) samples / Waveform.SAMPLE_RATE_HZ;
  }

  private static int leadingZeros(float[] samples) {
    int zeros = 0;
    while (zeros < samples.length && samples[zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  private static int trailingZeros(float[] samples) {
    int zeros = 0;
    while (samples[samples.length - 1 - zeros] == 0) {
      zeros++;
    }
    return zeros;
  }

  private static String hash(float[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * samples.length);
    bytes.asFloatBuffer().put(samples);
    return Sha256.of(bytes.array());
  }
}
