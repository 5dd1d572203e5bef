package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** On packets of 50 bytes that hold frames of 1,000 samples. */
final class SoundBytesTest {

  private static final int SIZE = 50;
  private static final int SAMPLES = 1000;

  private final SoundBytes bytes = new SoundBytes();

  private void read(long position, long readAhead) {
    bytes.read(position, SIZE, readAhead);
  }

  private void decode(long position, long readAhead) {
    read(position, readAhead);
    bytes.decode(position, SIZE);
  }

  private void hear(long position) {
    decode(position, 0);
    bytes.hear(SAMPLES);
  }

  @Test
  void nothingIsMissingBetweenPacketsThatAdjoin() {
    hear(100);
    decode(150, 0);

    assertThat(bytes.missing(SAMPLES)).isZero();
    assertThat(bytes.packetPosition()).isEqualTo(150);
    assertThat(bytes.packetBytes()).isEqualTo(SIZE);
  }

  @Test
  void whatLiesBetweenIsAsManySamplesAsTheSoundBeforeHadInAsManyBytes() {
    hear(100);
    hear(150);
    read(200, 0);
    decode(400, 0);

    assertThat(bytes.missing(SAMPLES)).isEqualTo(4 * SAMPLES);
  }

  @Test
  void whatTheDemuxerSkippedWithoutCountingItIsMissingToo() {
    hear(100);
    decode(150, 150);

    assertThat(bytes.missing(SAMPLES)).isEqualTo(3 * SAMPLES);
  }

  @Test
  void beforeAnySoundTheFirstPacketTellsHowManyBytesAFrameTakes() {
    read(100, 0);
    read(150, 0);
    decode(200, 0);

    assertThat(bytes.missing(SAMPLES)).isEqualTo(2 * SAMPLES);
  }

  @Test
  void aPacketOfSeveralFramesCountsOnce() {
    hear(100);
    bytes.hear(SAMPLES);
    read(150, 0);

    assertThat(bytes.unheardSamples()).isEqualTo(2 * SAMPLES);
  }

  @Test
  void whatWasReadAfterTheLastSoundIsUnheard() {
    hear(100);
    read(150, 0);
    read(200, 0);

    assertThat(bytes.unheardSamples()).isEqualTo(2 * SAMPLES);
    assertThat(new SoundBytes().unheardSamples()).isNaN();
  }
}
