package dev.serenade.audio.effect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sounds to try effects on, and what can be measured of them. */
final class Voices {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;
  private static final int WINDOW = RATE_HZ / 25;
  private static final int SHORTEST_PERIOD = RATE_HZ / 420;
  private static final int LONGEST_PERIOD = RATE_HZ / 60;

  private Voices() {}

  /** Returns a hummed tone: harmonics that fall by 6 dB an octave, swelling four times a second. */
  static Waveform hum(double fundamentalHz, double seconds) {
    float[] samples = new float[(int) Math.round(seconds * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / RATE_HZ;
      double value = 0;
      for (int k = 1; k * fundamentalHz < 4000; k++) {
        value += Math.sin(2 * Math.PI * k * fundamentalHz * time) / k;
      }
      samples[i] = (float) (0.1 * value * (1.2 + Math.sin(8 * Math.PI * time)));
    }
    return Waveform.of(samples);
  }

  static Waveform tone(double frequencyHz, double seconds) {
    float[] samples = new float[(int) Math.round(seconds * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.25 * Math.sin(2 * Math.PI * frequencyHz * i / RATE_HZ));
    }
    return Waveform.of(samples);
  }

  /** Returns a few clips of every corpus, or skips the test where there are none. */
  static List<Waveform> clips(int ofEach) throws IOException {
    Path corpora = Path.of(System.getProperty("serenade.shared", ""), "corpora");
    assumeTrue(Files.isDirectory(corpora), "no corpora at " + corpora);
    List<Waveform> clips = new ArrayList<>();
    for (String corpus : List.of("emodb", "ravdess")) {
      try (Stream<Path> walk = Files.walk(corpora.resolve(corpus))) {
        List<Path> files = walk.filter(file -> file.toString().endsWith(".flac")).sorted().toList();
        for (int i = 0; i < ofEach; i++) {
          clips.add(AudioDecoder.create().decode(files.get(i * files.size() / ofEach)));
        }
      }
    }
    return clips;
  }

  /** Returns 10 log10 of the mean squared sample. */
  static double decibels(Waveform sound) {
    return 10 * Math.log10(Level.energy(sound.toArray()) / sound.length());
  }

  static Waveform difference(Waveform left, Waveform right) {
    float[] samples = left.toArray();
    for (int i = 0; i < samples.length; i++) {
      samples[i] -= right.get(i);
    }
    return Waveform.of(samples);
  }

  /**
   * Returns the fundamental frequency: the median over voiced windows of 40 ms, each from the first
   * high peak of its normalised autocorrelation.
   */
  static double fundamentalHz(Waveform sound) {
    float[] samples = sound.toArray();
    int windows = (samples.length - WINDOW - LONGEST_PERIOD) / (RATE_HZ / 100);
    double strongest = 0;
    for (int i = 0; i < windows; i++) {
      strongest = Math.max(strongest, product(samples, i * (RATE_HZ / 100), 0));
    }
    List<Double> found = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      int start = i * (RATE_HZ / 100);
      if (product(samples, start, 0) > strongest / 50) {
        addFundamental(samples, start, found);
      }
    }
    return found.stream().sorted().skip(found.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static void addFundamental(float[] samples, int start, List<Double> found) {
    double[] similarity = new double[LONGEST_PERIOD + 1];
    double greatest = 0;
    for (int lag = SHORTEST_PERIOD; lag <= LONGEST_PERIOD; lag++) {
      double energies = product(samples, start, 0) * product(samples, start + lag, 0);
      similarity[lag] = product(samples, start, lag) / Math.sqrt(energies + 1e-20);
      greatest = Math.max(greatest, similarity[lag]);
    }
    int lag = SHORTEST_PERIOD + 1;
    while (lag < LONGEST_PERIOD
        && (similarity[lag] < 0.93 * greatest
            || similarity[lag] < similarity[lag - 1]
            || similarity[lag] < similarity[lag + 1])) {
      lag++;
    }
    if (greatest > 0.85 && lag < LONGEST_PERIOD) {
      double left = similarity[lag - 1];
      double right = similarity[lag + 1];
      double shift = 0.5 * (left - right) / (left - 2 * similarity[lag] + right);
      found.add(RATE_HZ / (lag + shift));
    }
  }

  private static double product(float[] samples, int start, int lag) {
    double sum = 0;
    for (int i = start; i < start + WINDOW; i++) {
      sum += (double) samples[i] * samples[i + lag];
    }
    return sum;
  }
}
