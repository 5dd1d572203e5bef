package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperEncoderTest {

  private static final WhisperConfig CONFIG = new WhisperConfig(64, 3, 4, 160, 80, 1500);
  private static final RandomEncoder RANDOM = RandomEncoder.create(CONFIG, 3, 1);

  /** Sums are split among rows and threads in another order; relative norm, below 3e-7 here. */
  private static final double ROUNDING = 1e-6;

  /** The large activations of real weights magnify that; 1.2e-6 was seen. */
  private static final double REAL_WEIGHTS = 1e-5;

  private static WhisperEncoder encoder(Window window, int threads) throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      return WhisperEncoder.of(weights, window, States.layers(0, 3), new SessionSettings(threads));
    }
  }

  private static void assertSame(EncodedClip found, EncodedClip expected, double tolerance) {
    for (int layer = 0; layer <= 3; layer++) {
      assertThat(States.distance(found.layer(layer), expected.layer(layer)))
          .as("layer %d", layer)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  /** Clips of a few lengths, some of which share a grid length, soft and loud ones mixed. */
  private static List<Waveform> clips(int count, long seed) {
    Random random = new Random(seed);
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] samples = States.noise(1 + random.nextInt(12_000), seed + i).toArray();
      float gain = (float) Math.pow(10, -3 * random.nextDouble());
      for (int s = 0; s < samples.length; s++) {
        samples[s] *= gain;
      }
      clips.add(Waveform.of(samples));
    }
    return clips;
  }

  /** The windows whose frames depend on the clip. */
  private static Stream<Window> windows() {
    return Stream.of(Window.adaptive(), Window.memory());
  }

  @ParameterizedTest
  @MethodSource("windows")
  void statesDoNotDependOnTheBatch(Window window) throws IOException {
    try (WhisperEncoder encoder = encoder(window, 2)) {
      TestSeeds.upTo(5)
          .forEach(
              seed -> {
                List<Waveform> clips = clips(20, seed);
                List<EncodedClip> together = encoder.encode(clips);
                for (int i = 0; i < clips.size(); i++) {
                  assertThat(together.get(i).layer(3).frames())
                      .as("-Dtest.seed=%d", seed)
                      .isEqualTo(Window.framesOf(clips.get(i).length()));
                  assertSame(together.get(i), encoder.encode(clips.get(i)), ROUNDING);
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void statesOfRealWeightsDoNotDependOnTheBatch(Window window) throws IOException {
    try (WhisperEncoder encoder =
        WhisperEncoder.load(
            Shared.path("models/whisper-tiny.en"),
            window,
            States.layers(0, 4),
            new SessionSettings(2))) {
      Waveform clip = ReferenceClips.named("emodb_03a01Fa");
      List<Waveform> clips = new ArrayList<>(List.of(clip));
      for (int i = 1; i < 8; i++) {
        clips.add(States.noise(clip.length() - i, i));
      }
      EncodedClip together = encoder.encode(clips).get(0);
      EncodedClip alone = encoder.encode(clip);
      for (int layer = 0; layer <= 4; layer++) {
        assertThat(States.distance(together.layer(layer), alone.layer(layer)))
            .as("layer %d", layer)
            .isLessThan(REAL_WEIGHTS);
      }
    }
  }

  @Test
  void orderOfClipsIsKept() throws IOException {
    List<Waveform> clips = clips(20, 7);
    List<Waveform> reversed = new ArrayList<>(clips);
    Collections.reverse(reversed);
    try (WhisperEncoder encoder = encoder(Window.adaptive(), 2)) {
      List<EncodedClip> forwards = encoder.encode(clips);
      List<EncodedClip> backwards = encoder.encode(reversed);
      for (int i = 0; i < clips.size(); i++) {
        assertSame(backwards.get(clips.size() - 1 - i), forwards.get(i), ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void statesDoNotDependOnTheNumberOfThreads(Window window) throws IOException {
    Waveform clip = States.noise(48_000, 8);
    try (WhisperEncoder one = encoder(window, 1);
        WhisperEncoder four = encoder(window, 4)) {
      assertSame(four.encode(clip), one.encode(clip), ROUNDING);
    }
  }

  @Test
  void statesDoNotDependOnWhatWasEncodedBefore() throws IOException {
    Waveform clip = States.noise(20_000, 9);
    try (WhisperEncoder encoder = encoder(Window.adaptive(), 2)) {
      EncodedClip first = encoder.encode(clip);
      for (Waveform other : clips(10, 10)) {
        encoder.encode(other);
        assertSame(encoder.encode(clip), first, 0);
      }
    }
  }

  @Test
  void manyThreadsMayEncodeAtOnce() throws IOException, InterruptedException, ExecutionException {
    List<Waveform> clips = clips(6, 11);
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try (WhisperEncoder encoder = encoder(Window.adaptive(), 2)) {
      List<EncodedClip> alone = clips.stream().map(encoder::encode).toList();
      List<Future<EncodedClip>> atOnce =
          IntStream.range(0, 60)
              .mapToObj(i -> callers.submit(() -> encoder.encode(clips.get(i % 6))))
              .toList();
      for (int i = 0; i < atOnce.size(); i++) {
        assertSame(atOnce.get(i).get(), alone.get(i % 6), 0);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void framesAreThoseOfTheClipWhateverTheWindow(Window window) throws IOException {
    try (WhisperEncoder padded = encoder(Window.padded(), 2);
        WhisperEncoder encoder = encoder(window, 2)) {
      for (int samples : new int[] {1, 320, 321, 1281, 2561, 10_000, 478_721, 480_000}) {
        Waveform clip = States.noise(samples, 12);
        EncodedClip inPadded = padded.encode(clip);
        EncodedClip found = encoder.encode(clip);
        assertThat(inPadded.logMel().frames()).isEqualTo(3000);
        assertThat(found.logMel().frames())
            .as("%d samples: the graph's rule is the window's", samples)
            .isEqualTo(2 * window.encodedFrames(samples, 1500));
        assertThat(inPadded.layer(3).frames()).isEqualTo(Window.framesOf(samples));
        assertThat(found.layer(3).frames()).isEqualTo(Window.framesOf(samples));
        assertThat(found.layer(3).width()).isEqualTo(64);
      }
    }
  }

  /**
   * Before attention a frame hears its neighbours only, so the end of the clip is all they share.
   */
  @Test
  void firstFramesOfLayerZeroAreTheSameInBothWindows() throws IOException {
    Waveform clip = States.noise(16_000, 13);
    try (WhisperEncoder padded = encoder(Window.padded(), 2);
        WhisperEncoder adaptive = encoder(new Window(Window.Mode.ADAPTIVE, 1), 2)) {
      HiddenStates expected = padded.encode(clip).layer(0);
      HiddenStates found = adaptive.encode(clip).layer(0);
      for (int t = 0; t < 49; t++) {
        for (int d = 0; d < 64; d++) {
          assertThat(Math.abs(found.get(t, d) - expected.get(t, d))).isLessThan(1e-5f);
        }
      }
    }
  }

  @Test
  void thirtySecondsAreTheSameInBothWindows() throws IOException {
    Waveform clip = States.noise(480_000, 14);
    try (WhisperEncoder padded = encoder(Window.padded(), 2);
        WhisperEncoder adaptive = encoder(Window.adaptive(), 2)) {
      assertSame(adaptive.encode(clip), padded.encode(clip), 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 480_001})
  void emptyAndTooLongClipsAreRefused(int samples) throws IOException {
    try (WhisperEncoder encoder = encoder(Window.adaptive(), 1)) {
      assertThatThrownBy(() -> encoder.encode(States.noise(samples, 15)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("clip 0: expected more than 0 s and at most 30.0 s, found ");
    }
  }

  @Test
  void noClipsGiveNoStates() throws IOException {
    try (WhisperEncoder encoder = encoder(Window.adaptive(), 1)) {
      assertThat(encoder.encode(List.of())).isEmpty();
      assertThat(encoder.config()).isEqualTo(CONFIG);
      assertThat(encoder.window()).isEqualTo(Window.adaptive());
    }
  }

  @Test
  void layerThatWasNotAskedForIsRefused() throws IOException {
    try (EncoderWeights weights = RANDOM.weights();
        WhisperEncoder encoder =
            WhisperEncoder.of(
                weights, Window.adaptive(), States.layers(1, 2), new SessionSettings(1))) {
      EncodedClip encoded = encoder.encode(States.noise(400, 16));
      assertThatThrownBy(() -> encoded.layer(3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected one of the layers [1, 2], found 3");
    }
  }
}
