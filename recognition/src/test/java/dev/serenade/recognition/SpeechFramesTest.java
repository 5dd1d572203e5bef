package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.Waveform;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpeechFramesTest {

  private static final int FRAME = 320;

  /** Noise whose level in each frame is given, in decibels. */
  private static Waveform frames(double... decibels) {
    Random random = new Random(3);
    float[] samples = new float[decibels.length * FRAME];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (Math.pow(10, decibels[i / FRAME] / 20) * random.nextGaussian() * 0.1);
    }
    return Waveform.of(samples);
  }

  private static double[] levels(int count, double level) {
    double[] levels = new double[count];
    Arrays.fill(levels, level);
    return levels;
  }

  private static double[] joined(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void longPauseKeepsItsMargins() {
    SpeechFrames speech =
        SpeechFrames.of(frames(joined(levels(10, 0), levels(30, -60), levels(10, 0))));
    int[] expected = IntStream.concat(IntStream.range(0, 15), IntStream.range(35, 50)).toArray();
    assertThat(speech.frames().toArray()).containsExactly(expected);
    assertThat(speech.waveform().length()).isEqualTo(30 * FRAME);
  }

  @Test
  void shortPauseAndSoftSpeechStay() {
    Waveform clip = frames(joined(levels(10, 0), levels(19, -60), levels(40, -30), levels(5, 0)));
    assertThat(SpeechFrames.of(clip).waveform()).isSameAs(clip);
  }

  @Test
  void silenceBeforeAndAfterIsCutToItsMargins() {
    SpeechFrames speech =
        SpeechFrames.of(frames(joined(levels(50, -70), levels(20, 0), levels(50, -70))));
    assertThat(speech.frames().toArray()).hasSize(20 + 4 * 5);
  }

  @Test
  void wholeSilenceStays() {
    Waveform silence = Waveform.of(new float[50 * FRAME]);
    assertThat(SpeechFrames.of(silence).waveform()).isSameAs(silence);
  }

  @Test
  void lastFrameMayBePartOfOne() {
    Waveform whole = frames(joined(levels(10, 0), levels(40, -60), levels(2, 0)));
    Waveform clip = whole.slice(0, whole.length() - 100);
    SpeechFrames speech = SpeechFrames.of(clip);
    assertThat(speech.waveform().length()).isEqualTo(22 * FRAME - 100);
    int last = speech.waveform().length() - 1;
    assertThat(speech.waveform().get(last)).isEqualTo(clip.get(clip.length() - 1));
  }
}
