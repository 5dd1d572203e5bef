package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  private static final int POSITIONS = 1500;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "320, 1",
    "321, 2",
    "48000, 150",
    "480000, 1500",
    "2147483647, 6710887"
  })
  void framesHoldTwentyMilliseconds(int samples, int frames) {
    assertThat(Window.framesOf(samples)).isEqualTo(frames);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2560, 8", "2561, 16", "478720, 1496", "478721, 1500", "480000, 1500"})
  void adaptiveRoundsUpToItsGrid(int samples, int frames) {
    assertThat(Window.adaptive().encodedFrames(samples, POSITIONS)).isEqualTo(frames);
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "1280, 8", "1281, 16", "477440, 1496", "477441, 1500", "480000, 1500"})
  void memoryLeavesRoomForFourFramesOfSilence(int samples, int frames) {
    assertThat(Window.memory().encodedFrames(samples, POSITIONS)).isEqualTo(frames);
  }

  @Test
  void paddedIsThirtySecondsForEveryClip() {
    for (int samples : new int[] {1, 48_000, 480_000, Integer.MAX_VALUE}) {
      assertThat(Window.padded().encodedFrames(samples, POSITIONS)).isEqualTo(POSITIONS);
    }
    assertThat(Window.longestSeconds(POSITIONS)).isEqualTo(30.0);
  }

  @Test
  void adaptiveHoldsTheClipWithLessThanOneStepToSpare() {
    TestSeeds.upTo(20_000)
        .forEach(
            seed -> {
              Random random = new Random(seed);
              int samples = 1 + random.nextInt(480_000);
              int grid = 1 + random.nextInt(random.nextBoolean() ? 20 : 2000);
              int frames = new Window(Window.Mode.ADAPTIVE, grid).encodedFrames(samples, POSITIONS);
              assertThat(frames)
                  .as("-Dtest.seed=%d: %d samples, grid %d", seed, samples, grid)
                  .isBetween(Window.framesOf(samples), POSITIONS)
                  .isLessThan(Window.framesOf(samples) + grid)
                  .matches(found -> found % grid == 0 || found == POSITIONS);
              assertThat(
                      new Window(Window.Mode.ADAPTIVE, grid).encodedFrames(samples + 1, POSITIONS))
                  .isGreaterThanOrEqualTo(frames);
            });
  }

  @Test
  void extremesDoNotOverflow() {
    Window coarse = new Window(Window.Mode.ADAPTIVE, Integer.MAX_VALUE);
    assertThat(coarse.encodedFrames(Integer.MAX_VALUE, POSITIONS)).isEqualTo(POSITIONS);
    Window memory = new Window(Window.Mode.MEMORY, Integer.MAX_VALUE);
    assertThat(memory.encodedFrames(Integer.MAX_VALUE, POSITIONS)).isEqualTo(POSITIONS);
  }

  @Test
  void gridIsAtLeastOneFrame() {
    assertThatThrownBy(() -> new Window(Window.Mode.ADAPTIVE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the grid must be at least one frame, found 0");
  }
}
