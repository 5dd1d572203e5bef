package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceMemoryTest {

  /** Width 8, 2 heads, 3 blocks; hears 4 s, in more frames than there are cells. */
  private static final WhisperConfig SMALL = new WhisperConfig(8, 3, 2, 24, 80, 200);

  private static final RandomEncoder RANDOM = RandomEncoder.create(SMALL, 3, 1);
  private static final SessionSettings ONE_THREAD = new SessionSettings(1);

  /** Float32 against double, relative norm of a layer's states; 3.3e-7 was seen. */
  private static final double FLOAT32 = 1e-6;

  private static SilenceMemory memory;

  @BeforeAll
  static void listen() throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      memory = SilenceListener.listen(weights, 3, ONE_THREAD);
    }
  }

  private static WhisperEncoder encoder(Window window, int last) throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      return WhisperEncoder.of(weights, window, States.layers(0, last), ONE_THREAD);
    }
  }

  private static Waveform noise(int samples, double gain, long seed) {
    float[] noise = States.noise(samples, seed).toArray();
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= (float) gain;
    }
    return Waveform.of(noise);
  }

  private static void assertEqualsDefinition(EncodedClip found) {
    List<double[][]> expected = PlainEncoder.layers(RANDOM, found.logMel(), 3, memory);
    for (int layer = 0; layer <= 3; layer++) {
      assertThat(States.distance(found.layer(layer), expected.get(layer)))
          .as("layer %d", layer)
          .isLessThan(FLOAT32);
    }
  }

  /** From one sample to the whole window; 62,720 is the longest clip with room for live silence. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "320, 1",
    "9000, 1",
    "9000, 0.001",
    "9000, 0",
    "9000, 300",
    "40000, 0.1",
    "62720, 1",
    "62721, 1",
    "63680, 1",
    "63681, 1",
    "64000, 1"
  })
  void statesEqualThoseOfAPaddedWindowWhoseSilenceIsRemembered(int samples, double gain)
      throws IOException {
    try (WhisperEncoder encoder = encoder(Window.memory(), 3)) {
      assertEqualsDefinition(encoder.encode(noise(samples, gain, 2)));
    }
  }

  @Test
  void everyClipOfABatchHearsItsOwnSilence() throws IOException {
    try (WhisperEncoder encoder = encoder(Window.memory(), 3)) {
      List<Waveform> clips = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clips.add(noise(9000 + i, Math.pow(10, 0.5 - i / 4.0), i));
      }
      List<EncodedClip> together = encoder.encode(clips);
      assertThat(together.stream().map(SilenceMemoryTest::floor).distinct()).hasSizeGreaterThan(5);
      together.forEach(SilenceMemoryTest::assertEqualsDefinition);
    }
  }

  private static float floor(EncodedClip clip) {
    return clip.logMel().get(0, clip.logMel().frames() - 1);
  }

  @Test
  void layerZeroIsThatOfThePaddedWindow() throws IOException {
    try (WhisperEncoder remembering = encoder(Window.memory(), 1);
        WhisperEncoder padded = encoder(Window.padded(), 1)) {
      for (int samples : new int[] {1, 319, 5000, 62_720, 64_000}) {
        Waveform clip = States.noise(samples, 3);
        assertThat(States.distance(remembering.encode(clip).layer(0), padded.encode(clip).layer(0)))
            .as("%d samples", samples)
            .isLessThan(FLOAT32);
      }
    }
  }

  @Test
  void wholeWindowNeedsNoMemory() throws IOException {
    try (WhisperEncoder remembering = encoder(Window.memory(), 3);
        WhisperEncoder padded = encoder(Window.padded(), 3)) {
      Waveform clip = States.noise(64_000, 4);
      assertThat(States.distance(remembering.encode(clip).layer(3), padded.encode(clip).layer(3)))
          .isLessThan(FLOAT32);
    }
  }

  @Test
  void blocksHearTheSameHoweverManyFollow() throws IOException {
    Waveform clip = States.noise(9000, 5);
    try (WhisperEncoder whole = encoder(Window.memory(), 3)) {
      EncodedClip expected = whole.encode(clip);
      for (int last = 0; last < 3; last++) {
        try (WhisperEncoder cut = encoder(Window.memory(), last)) {
          assertThat(States.distance(cut.encode(clip).layer(last), expected.layer(last)))
              .as("layer %d", last)
              .isLessThan(FLOAT32);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-1.5f, -1.1f, -0.7f, -0.3f})
  void keysAreThoseOfASilentWindow(float level) {
    int index = Math.round((level - SilenceMemory.level(0)) / 0.4f);
    assertThat(SilenceMemory.level(index)).isEqualTo(level);
    double[][] mel = new double[2 * SMALL.positions()][SMALL.melBands()];
    for (double[] frame : mel) {
      Arrays.fill(frame, level);
    }
    for (int number = 1; number <= 3; number++) {
      SilenceMemory.Block block = memory.block(number);
      double[][] expected = PlainEncoder.keys(RANDOM, mel, number);
      for (int cell = 0; cell < block.cells(); cell++) {
        int middle = (block.start(cell) + block.end(cell) - 1) / 2;
        for (int d = 0; d < SMALL.width(); d++) {
          float found = block.keys().get((index * block.cells() + cell) * SMALL.width() + d);
          assertThat((double) found)
              .isCloseTo(expected[middle][d], within(1e-5 + Math.abs(expected[middle][d]) / 2048));
        }
      }
    }
  }

  @Test
  void cellsCoverTheWindow() {
    for (int number = 1; number <= 3; number++) {
      SilenceMemory.Block block = memory.block(number);
      assertThat(block.cells()).isEqualTo(SilenceMemory.CELLS);
      assertThat(block.start(0)).isZero();
      assertThat(block.end(block.cells() - 1)).isEqualTo(SMALL.positions());
      assertThat(block.starts()).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void levelsAreEquallyFarApart() {
    for (int i = 1; i < SilenceMemory.levels(); i++) {
      assertThat(SilenceMemory.level(i) - SilenceMemory.level(i - 1))
          .isCloseTo(0.4f, within(1e-6f));
    }
  }

  @Test
  void memoryOfABlockDoesNotDependOnHowManyFollow() throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      SilenceMemory again = SilenceListener.listen(weights, 2, ONE_THREAD);
      for (int number = 1; number <= 2; number++) {
        assertThat(again.block(number).starts()).isEqualTo(memory.block(number).starts());
        assertSame(again.block(number).keys(), memory.block(number).keys());
        assertSame(again.block(number).values(), memory.block(number).values());
      }
    }
  }

  private static void assertSame(FloatTensor found, FloatTensor expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.toArray()).isEqualTo(expected.toArray());
  }
}
