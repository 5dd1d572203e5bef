package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second of a 440 Hz tone of amplitude 0.5, in many formats. */
class CompressedFormatsTest {

  private static final double OMEGA = 2 * Math.PI * 440 / Waveform.SAMPLE_RATE_HZ;

  /** The codecs here run at low bit rates; all keep a tone at least this well. */
  private static final double LOWEST_SIGNAL_TO_NOISE_DECIBELS = 20;

  /** LAME turns the sound down by 5 % at a constant bit rate. */
  private static final double AMPLITUDE_TOLERANCE = 0.03;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac", "alac.m4a", "adpcm.wav", "alaw.wav", "tone.aiff", "tone.au", "tone.caf",
        "tone.w64", "vbr.mp3", "cbr.mp3", "tone.ogg", "tone.m4a", "faststart.m4a", "tone.aac",
        "tone.mkv", "tone.opus", "tone.webm", "video.mp4", "video.avi"
      })
  void toneIsDecoded(String name) throws IOException {
    Waveform waveform = AudioDecoder.create().decode(Recordings.read(name), name);
    assertThat(waveform.durationSeconds()).isCloseTo(1, within(0.05));
    Tone tone = Tone.fit(waveform);
    assertThat(tone.amplitude()).isCloseTo(0.5, within(AMPLITUDE_TOLERANCE));
    assertThat(tone.signalToNoiseDecibels()).isGreaterThan(LOWEST_SIGNAL_TO_NOISE_DECIBELS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac",
        "alac.m4a",
        "tone.aiff",
        "tone.caf",
        "tone.w64",
        "vbr.mp3",
        "tone.m4a",
        "faststart.m4a",
        "tone.opus",
        "tone.webm",
        "video.mp4"
      })
  void delayOfTheCodecIsTakenOut(String name) throws IOException {
    Tone tone = Tone.fit(AudioDecoder.create().decode(Recordings.read(name), name));
    assertThat(tone.delaySamples()).isCloseTo(0, within(0.1));
  }

  private record Tone(double amplitude, double delaySamples, double signalToNoiseDecibels) {

    /** Fits a sin(wn) + b cos(wn) to the middle 0.8 s, which is 352 whole periods. */
    static Tone fit(Waveform waveform) {
      int from = Waveform.SAMPLE_RATE_HZ / 10;
      int to = from + Waveform.SAMPLE_RATE_HZ * 8 / 10;
      double sine = 0;
      double cosine = 0;
      for (int n = from; n < to; n++) {
        sine += waveform.get(n) * Math.sin(OMEGA * n) * 2 / (to - from);
        cosine += waveform.get(n) * Math.cos(OMEGA * n) * 2 / (to - from);
      }
      double noise = 0;
      for (int n = from; n < to; n++) {
        double error = waveform.get(n) - sine * Math.sin(OMEGA * n) - cosine * Math.cos(OMEGA * n);
        noise += error * error / (to - from);
      }
      double signal = (sine * sine + cosine * cosine) / 2;
      return new Tone(
          Math.hypot(sine, cosine),
          -Math.atan2(cosine, sine) / OMEGA,
          10 * Math.log10(signal / (noise + 1e-20)));
    }
  }
}
