package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioExtensionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a.wav", "A.WAV", "b.c.flac", "video.MP4", ".opus"})
  void recordingsAreTold(String name) {
    assertThat(AudioExtensions.isOf(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "wav.csv", "a.wav.part", "a.", "wav", ""})
  void otherFilesAreNot(String name) {
    assertThat(AudioExtensions.isOf(name)).isFalse();
  }
}
