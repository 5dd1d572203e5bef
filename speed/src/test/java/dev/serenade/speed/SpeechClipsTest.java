package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SpeechClipsTest {

  @Test
  void aClipIsAsLongAsAskedAndTheStartOfALongerOne() throws IOException {
    SpeechClips speech = SpeechClips.load();
    Waveform half = speech.ofSeconds(0.5);
    Waveform long30 = speech.ofSeconds(30);

    assertThat(half.length()).isEqualTo(8_000);
    assertThat(long30.length()).isEqualTo(480_000);
    assertThat(long30.slice(0, 8_000)).isEqualTo(half);
  }

  @Test
  void noSecondOfItIsSilent() throws IOException {
    Waveform clip = SpeechClips.load().ofSeconds(30);
    for (int from = 0; from < clip.length(); from += Waveform.SAMPLE_RATE_HZ) {
      double loudest = 0;
      for (int i = from; i < from + Waveform.SAMPLE_RATE_HZ; i++) {
        loudest = Math.max(loudest, Math.abs(clip.get(i)));
      }
      assertThat(loudest).as("from sample %d", from).isGreaterThan(0.05);
    }
  }

  @Test
  void itsFileHoldsTheSameSamples() throws IOException {
    Waveform clip = SpeechClips.load().ofSeconds(1);

    assertThat(AudioDecoder.create().decode(SpeechClips.wav(clip), "clip.wav")).isEqualTo(clip);
  }

  @Test
  void thereIsNoClipOfNoLength() throws IOException {
    SpeechClips speech = SpeechClips.load();
    assertThatThrownBy(() -> speech.ofSeconds(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected more than 0 s of speech, found 0.0");
  }
}
