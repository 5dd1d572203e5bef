package dev.serenade.recognition.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.decoder.DecodedTokens;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentDecodingsTest {

  private final List<Integer> decoded = new ArrayList<>();

  private DecodedTokens decode(Waveform clip) {
    decoded.add(clip.length());
    return new DecodedTokens(
        Optional.empty(), List.of(clip.length()), FloatTensor.of(new float[1], 1, 1), true);
  }

  private void ask(RecentDecodings recent, int samples) {
    DecodedTokens given = recent.get(Waveform.of(new float[samples]), this::decode);
    assertThat(given.tokens()).containsExactly(samples);
  }

  @Test
  void equalSoundIsDecodedOnce() {
    RecentDecodings recent = RecentDecodings.ofMinutes();
    ask(recent, 5);
    ask(recent, 6);
    ask(recent, 5);
    assertThat(decoded).containsExactly(5, 6);
  }

  @Test
  void theOldestAreForgottenAfterThreeMinutesOfSound() {
    RecentDecodings recent = RecentDecodings.ofMinutes();
    int half = 90 * Waveform.SAMPLE_RATE_HZ;
    ask(recent, half);
    ask(recent, half - 1);
    ask(recent, 2);
    ask(recent, half - 1);
    ask(recent, 2);
    assertThat(decoded).hasSize(3);
    ask(recent, half);
    assertThat(decoded).hasSize(4);
  }

  @Test
  void theOldestAreForgottenAfterManyClips() {
    RecentDecodings recent = RecentDecodings.ofMinutes();
    for (int samples = 1; samples <= 65; samples++) {
      ask(recent, samples);
    }
    ask(recent, 65);
    ask(recent, 2);
    assertThat(decoded).hasSize(65);
    ask(recent, 1);
    assertThat(decoded).hasSize(66);
  }

  @Test
  void whatFailsIsTriedAgain() {
    RecentDecodings recent = RecentDecodings.ofMinutes();
    assertThatThrownBy(
            () ->
                recent.get(
                    Waveform.of(1),
                    clip -> {
                      throw new IllegalStateException("no token");
                    }))
        .hasMessage("no token");
    ask(recent, 1);
    assertThat(decoded).containsExactly(1);
  }

  @Test
  void nothingIsRememberedByNone() {
    RecentDecodings recent = RecentDecodings.none();
    ask(recent, 5);
    ask(recent, 5);
    assertThat(decoded).containsExactly(5, 5);
  }
}
