package dev.serenade.stress;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.SignalToNoise;
import dev.serenade.corpus.Utterance;
import dev.serenade.training.store.ClipDecoder;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Four to seven others who talk at once behind the speaker: clips of other speakers of the same
 * corpora, each as loud as the others, each from a random place on, repeated where they are short.
 *
 * @param voices the clips to draw from
 * @param decibels signal-to-noise ratio
 */
record BabbleOfOthers(List<Utterance> voices, double decibels) implements Treatment {

  private static final int FEWEST = 4;
  private static final int MOST = 7;

  BabbleOfOthers {
    voices = List.copyOf(voices);
  }

  @Override
  public Waveform apply(Waveform sound, Utterance clip, long seed) throws IOException {
    List<Utterance> others =
        voices.stream().filter(voice -> !voice.speaker().equals(clip.speaker())).toList();
    if (others.isEmpty()) {
      throw new IOException(clip.id() + ": babble needs clips of other speakers, found none");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    float[] sum = new float[sound.length()];
    for (int i = 0; i < count; i++) {
      add(ClipDecoder.decode(others.get(random.nextInt(others.size()))), random, sum);
    }
    return SignalToNoise.mix(sound, Waveform.of(sum), decibels);
  }

  private static void add(Waveform voice, SplittableRandom random, float[] sum) {
    float[] samples = voice.toArray();
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    double scale = energy == 0 ? 0 : 1 / Math.sqrt(energy / samples.length);
    int from = random.nextInt(samples.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (scale * samples[(from + i) % samples.length]);
    }
  }
}
