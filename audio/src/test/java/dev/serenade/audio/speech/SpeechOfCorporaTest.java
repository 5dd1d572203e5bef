package dev.serenade.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.EffectChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clips of real corpora, joined by one to three seconds of silence, under noise and over the
 * telephone.
 *
 * <p>A clip, without its ends where it is 35 dB below its loudest 10 ms, is speech; but not where
 * it is so quiet for 0.3 s within. Silence counts from 0.3 s after a clip on.
 */
class SpeechOfCorporaTest {

  private static final int FRAME = SpeechDetector.FRAME_SAMPLES;
  private static final double QUIET = Math.pow(10, -3.5);
  private static final int QUIET_FRAMES = 30;
  private static final int CLIPS = 30;

  /** The limits lie a third above what was measured, in shares of speech and of silence. */
  @ParameterizedTest
  @CsvSource({
    "emodb, gain:0, 0.01, 0.06",
    "emodb, noise:20, 0.03, 0.09",
    "emodb, noise:5, 0.06, 0.08",
    "emodb, pink:10, 0.05, 0.08",
    "emodb, telephone, 0.01, 0.06",
    "ravdess, gain:0, 0.05, 0.05",
    "ravdess, noise:20, 0.10, 0.05",
    "ravdess, noise:5, 0.25, 0.08",
    "ravdess, pink:10, 0.22, 0.08",
    "ravdess, telephone+noise:20, 0.13, 0.05"
  })
  void littleSpeechIsMissedAndLittleSilenceTakenForIt(
      String corpus, String effects, double mostMissed, double mostTaken) throws IOException {
    Truth truth = join(corpus);
    Waveform sound = EffectChain.parse(effects).apply(truth.sound, 7);
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(sound);
    int missed = 0;
    int taken = 0;
    for (int frame = 0; frame < truth.kinds.length; frame++) {
      boolean found = detector.hasSpeech((long) frame * FRAME, (frame + 1L) * FRAME);
      missed += truth.kinds[frame] == Kind.SPEECH && !found ? 1 : 0;
      taken += truth.kinds[frame] == Kind.SILENCE && found ? 1 : 0;
    }
    assertThat((double) missed / truth.count(Kind.SPEECH)).isLessThan(mostMissed);
    assertThat((double) taken / truth.count(Kind.SILENCE)).isLessThan(mostTaken);
  }

  private static Truth join(String corpus) throws IOException {
    Path folder = Path.of(System.getProperty("serenade.shared", ""), "corpora", corpus);
    assumeTrue(Files.isDirectory(folder), "no corpus at " + folder);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(file -> file.toString().endsWith(".flac")).sorted().toList();
    }
    Random random = new Random(20_261_127);
    float[] samples = new float[CLIPS * 10 * Waveform.SAMPLE_RATE_HZ];
    Kind[] kinds = new Kind[samples.length / FRAME];
    Arrays.fill(kinds, Kind.SILENCE);
    int frame = 100;
    for (int i = 0; i < CLIPS; i++) {
      Waveform clip = AudioDecoder.create().decode(files.get(random.nextInt(files.size())));
      frame = put(clip, samples, kinds, frame);
      Arrays.fill(kinds, frame, frame + QUIET_FRAMES, Kind.UNJUDGED);
      frame += 100 + random.nextInt(200);
    }
    return new Truth(
        Waveform.of(Arrays.copyOf(samples, frame * FRAME)), Arrays.copyOf(kinds, frame));
  }

  /** Puts the speech of a clip at a frame, and returns the frame after it. */
  private static int put(Waveform clip, float[] samples, Kind[] kinds, int at) {
    int frames = clip.length() / FRAME;
    double[] energies = new double[frames];
    for (int i = 0; i < frames * FRAME; i++) {
      energies[i / FRAME] += (double) clip.get(i) * clip.get(i);
    }
    double quiet = QUIET * Arrays.stream(energies).max().orElse(0);
    int first = 0;
    while (energies[first] < quiet) {
      first++;
    }
    int end = frames;
    while (energies[end - 1] < quiet) {
      end--;
    }
    float[] all = clip.toArray();
    System.arraycopy(all, first * FRAME, samples, at * FRAME, (end - first) * FRAME);
    Arrays.fill(kinds, at, at + end - first, Kind.SPEECH);
    int run = 0;
    for (int i = first; i < end; i++) {
      run = energies[i] < quiet ? run + 1 : 0;
      if (run == QUIET_FRAMES) {
        Arrays.fill(kinds, at + i - first - run + 1, at + i - first + 1, Kind.UNJUDGED);
      } else if (run > QUIET_FRAMES) {
        kinds[at + i - first] = Kind.UNJUDGED;
      }
    }
    return at + end - first;
  }

  private enum Kind {
    SPEECH,
    SILENCE,
    UNJUDGED
  }

  private static final class Truth {

    private final Waveform sound;
    private final Kind[] kinds;

    Truth(Waveform sound, Kind[] kinds) {
      this.sound = sound;
      this.kinds = kinds;
    }

    long count(Kind kind) {
      return Arrays.stream(kinds).filter(found -> found == kind).count();
    }
  }
}
