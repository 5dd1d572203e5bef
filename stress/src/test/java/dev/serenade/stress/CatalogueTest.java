package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

  @TempDir private Path folder;

  private static Waveform tone(double frequencyHz, double seconds) {
    float[] samples = new float[(int) (seconds * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          (float) (0.25 * Math.sin(2 * Math.PI * frequencyHz * i / Waveform.SAMPLE_RATE_HZ));
    }
    return Waveform.of(samples);
  }

  private Utterance written(String speaker, double frequencyHz) throws IOException {
    Path file = folder.resolve(speaker + ".wav");
    Files.write(file, SoundData.wav(tone(frequencyHz, 0.5)));
    return Clips.clip(file.toString(), speaker, "male", "sad");
  }

  private static double energy(Waveform sound) {
    double energy = 0;
    for (float sample : sound.toArray()) {
      energy += sample * sample;
    }
    return energy;
  }

  @Test
  void thresholdsAreThoseOfTheCatalogue() {
    List<Change> changes = Catalogue.changes(List.of());
    assertThat(changes.stream().map(Change::name)).doesNotHaveDuplicates();
    for (Change change : changes) {
      double unchanged =
          switch (change.group()) {
            case SMALL_CHANGES -> 0.95;
            case BACKGROUND_NOISE -> 0.9;
            case PHONE -> 0.5;
            case ROOM, TILT -> 0.8;
            default -> Double.NaN;
          };
      assertThat(change.unchangedAtLeast()).as(change.name()).isEqualTo(unchanged);
      double loss =
          switch (change.group()) {
            case BACKGROUND_NOISE, PHONE -> 0.05;
            case TILT -> 0.02;
            default -> 1;
          };
      assertThat(change.recallLossAtMost().orElse(1)).as(change.name()).isEqualTo(loss);
    }
    assertThat(changes.stream().filter(c -> c.group() == StressGroup.SMALL_CHANGES)).hasSize(10);
  }

  @Test
  void everyChangeLeavesSoundThatItsSeedAloneDecides() throws IOException {
    Utterance clip = written("me", 300);
    List<Utterance> voices = List.of(clip, written("you", 700));
    // No two peaks of it are equal, so that there is something to clip.
    Waveform sound = tone(301.7, 1);
    for (Change change : Catalogue.changes(voices)) {
      Waveform changed = change.changed().apply(sound, clip, 4);
      assertThat(changed)
          .as(change.name())
          .isNotEqualTo(sound)
          .isEqualTo(change.changed().apply(sound, clip, 4));
    }
  }

  @Test
  void everyAmountOfASmallChangeIsDrawn() throws IOException {
    Treatment gain = Treatment.oneOf("gain:-2", "gain:-1", "gain:1", "gain:2");
    Utterance clip = Clips.clip("a", "s", "male", "sad");
    Set<Long> decibels = new HashSet<>();
    for (long seed = 0; seed < 60; seed++) {
      Waveform changed = gain.apply(tone(300, 0.1), clip, seed);
      decibels.add(Math.round(10 * Math.log10(energy(changed) / energy(tone(300, 0.1)))));
    }
    assertThat(decibels).containsExactlyInAnyOrder(-2L, -1L, 1L, 2L);
  }

  @Test
  void babbleIsOfOthersAtItsRatio() throws IOException {
    Utterance me = written("me", 300);
    BabbleOfOthers babble = new BabbleOfOthers(List.of(me, written("you", 1000)), 20);
    Waveform sound = tone(300, 1.3);
    Waveform heard = babble.apply(sound, me, 2);
    float[] noise = heard.toArray();
    double own = 0;
    for (int i = 0; i < noise.length; i++) {
      noise[i] -= sound.get(i);
      own += noise[i] * sound.get(i);
    }
    double energy = energy(Waveform.of(noise));

    assertThat(10 * Math.log10(energy(sound) / energy)).isCloseTo(20, within(1e-2));
    // Nothing of the speaker's own tone.
    assertThat(Math.abs(own) / Math.sqrt(energy * energy(sound))).isLessThan(0.01);
  }

  @Test
  void babbleNeedsOthers() throws IOException {
    Utterance me = written("me", 300);
    assertThatIOException()
        .isThrownBy(() -> new BabbleOfOthers(List.of(me), 20).apply(tone(300, 1), me, 1))
        .withMessageContaining("babble needs clips of other speakers, found none");
  }

  @Test
  void playersHoldWhatWasHeard() throws IOException {
    Path file = folder.resolve("tone.wav");
    Files.write(file, SoundData.wav(tone(440, 1)));
    Waveform decoded = AudioDecoder.create().decode(file);

    assertThat(decoded.length()).isEqualTo(16_000);
    for (int i = 0; i < decoded.length(); i += 37) {
      assertThat(decoded.get(i)).isCloseTo(tone(440, 1).get(i), within(1 / 30_000f));
    }
    assertThat(SoundData.wav(tone(440, 9)).length).isEqualTo(44 + 2 * 40_000);
    assertThat(SoundData.uri(Waveform.of(5, -5))).startsWith("data:audio/wav;base64,UklGR");
  }
}
