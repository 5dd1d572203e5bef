package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Half a unit in the last of float16's 11 bits. */
  private static final double FLOAT16 = 1.0 / 2048;

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

  /** After speech, and in the place of speech before it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void keysAreThoseOfASilentWindow(int level) {
    float floor = SilenceMemory.level(level);
    int firstAfterSpeech = SMALL.positions() / 10 + 1;
    for (int number = 1; number <= 3; number++) {
      SilenceMemory.Block block = memory.block(number);
      FloatTensor keys = block.keys().toFloats();
      double[][] after = plainKeys(SilenceListener.window(floor, SMALL, false), number);
      double[][] before = plainKeys(SilenceListener.window(floor, SMALL, true), number);
      for (int cell = 0; cell < block.cells(); cell++) {
        int middle = (block.start(cell) + block.end(cell) - 1) / 2;
        double[] expected = (middle < firstAfterSpeech ? before : after)[middle];
        for (int d = 0; d < SMALL.width(); d++) {
          float found = keys.get((level * block.cells() + cell) * SMALL.width() + d);
          assertThat((double) found)
              .isCloseTo(expected[d], within(1e-5 + Math.abs(expected[d]) * FLOAT16));
        }
      }
    }
  }

  private static double[][] plainKeys(FloatTensor window, int block) {
    double[][] mel = new double[2 * SMALL.positions()][SMALL.melBands()];
    for (int t = 0; t < mel.length; t++) {
      for (int band = 0; band < SMALL.melBands(); band++) {
        mel[t][band] = window.get(band * mel.length + t);
      }
    }
    return PlainEncoder.keys(RANDOM, mel, block);
  }

  /** No frame of the memory hears speech before attention: all look like the floor. */
  @Test
  void whatIsRememberedIsSilence() {
    int speech = SMALL.positions() / 10;
    FloatTensor after = SilenceListener.window(-1, SMALL, false);
    FloatTensor before = SilenceListener.window(-1, SMALL, true);
    int melFrames = 2 * SMALL.positions();
    for (int t = 0; t < SMALL.positions(); t++) {
      FloatTensor window = t <= speech ? before : after;
      // The reach of both convolutions.
      for (int mel = Math.max(0, 2 * t - 2); mel <= Math.min(2 * t + 2, melFrames - 1); mel++) {
        for (int band = 0; band < SMALL.melBands(); band++) {
          assertThat(window.get(band * melFrames + mel)).as("frame %d", t).isEqualTo(-1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 128})
  void speechThatStandsInUsesTheWholeRangeAndHasPauses(int bands) {
    int syllable = 12;
    int pause = 37;
    assertThat(loudest(bands, syllable)).isBetween(1.8, 2.0);
    assertThat(loudest(bands, pause)).isBetween(0.0, 0.6);
    assertThat(StandInSpeech.aboveFloor(bands - 1, bands, pause)).isZero();
  }

  private static double loudest(int bands, int frame) {
    return IntStream.range(0, bands)
        .mapToDouble(band -> StandInSpeech.aboveFloor(band, bands, frame))
        .max()
        .orElseThrow();
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
        assertThat(again.block(number).keys()).isEqualTo(memory.block(number).keys());
        assertThat(again.block(number).values()).isEqualTo(memory.block(number).values());
      }
    }
  }
}
