package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioReaderTest {

  private static final AudioDecoder DECODER = AudioDecoder.create();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac", "alac.m4a", "adpcm.wav", "alaw.wav", "tone.aiff", "tone.au", "tone.caf",
        "tone.w64", "vbr.mp3", "cbr.mp3", "tone.ogg", "tone.m4a", "faststart.m4a", "tone.aac",
        "tone.mkv", "tone.opus", "tone.webm", "video.mp4", "video.avi"
      })
  void piecesJoinedAreTheWhole(String name) throws IOException {
    byte[] bytes = Recordings.read(name);
    Waveform whole = DECODER.decode(bytes, name);
    for (int piece : new int[] {1, 160, 4000, 16_000, 1 << 20}) {
      try (AudioReader reader = DECODER.open(bytes, name)) {
        assertThat(Recordings.readAll(reader, piece)).as("pieces of %d", piece).isEqualTo(whole);
        assertThat(reader.gaps()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tone.flac", "vbr.mp3", "tone.m4a", "tone.mkv", "adpcm.wav"})
  void aChannelGivesWhatItsBytesGive(String name) throws IOException {
    byte[] bytes = Recordings.read(name);
    Path file = Files.write(folder.resolve(name), bytes);
    SeekableByteChannel channel = Files.newByteChannel(file);
    try (AudioReader reader = DECODER.open(channel, name)) {
      assertThat(Recordings.readAll(reader, 4000)).isEqualTo(DECODER.decode(bytes, name));
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aChannelThatCannotBeOpenedIsClosed() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "no sound at all");
    SeekableByteChannel channel = Files.newByteChannel(file);
    AudioFormatException e =
        catchThrowableOfType(
            AudioFormatException.class, () -> DECODER.open(channel, "s3a://calls/a.wav"));
    assertThat(e).hasMessageStartingWith("s3a://calls/a.wav: ");
    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "16000, 1", "16000, 100000", "48000, 2", "48000, 300", "48000, 600", "48000, 48001",
    "44100, 44100", "44100, 312345", "22050, 7", "8000, 801", "44056, 44055", "11025, 100000",
    "192000, 7", "96000, 500000"
  })
  void piecesAreTheWholeAtEveryRateAndLength(int rateHz, int length) throws IOException {
    double[] samples = new Random(length).doubles(length, -0.9, 0.9).toArray();
    byte[] wav = WavBytes.mono(rateHz, samples);
    try (AudioReader reader = DECODER.open(wav, "noise.wav")) {
      assertThat(Recordings.readAll(reader, 777)).isEqualTo(DECODER.decode(wav, "noise.wav"));
      assertThat(reader.gaps()).isEmpty();
    }
  }

  @Test
  void eachPieceIsAsLongAsAskedButTheLast() throws IOException {
    byte[] wav = WavBytes.mono(16_000, new double[1000]);
    try (AudioReader reader = DECODER.open(wav, "a.wav")) {
      assertThat(reader.read(300)).map(Waveform::length).contains(300);
      assertThat(reader.read(600)).map(Waveform::length).contains(600);
      assertThat(reader.read(300)).map(Waveform::length).contains(100);
      assertThat(reader.read(300)).isEmpty();
      assertThat(reader.read(300)).isEmpty();
    }
  }

  @Test
  void eachChannelIsReadAlone() throws IOException {
    double[] samples = new Random(5).doubles(3 * 20_000, -0.9, 0.9).toArray();
    byte[] wav = WavBytes.of(44_100, 3, WavBytes.Encoding.SIGNED_16, samples);
    for (AudioDecoder decoder :
        List.of(DECODER, DECODER.withChannel(1), DECODER.withChannel(2), DECODER.withChannel(3))) {
      try (AudioReader reader = decoder.open(wav, "three.wav")) {
        assertThat(reader.channels()).isEqualTo(3);
        assertThat(Recordings.readAll(reader, 999)).isEqualTo(decoder.decode(wav, "three.wav"));
      }
    }
    assertThat(
            catchThrowableOfType(
                AudioFormatException.class, () -> DECODER.withChannel(4).open(wav, "three.wav")))
        .hasMessage("three.wav: channel 4 expected, but it has 3");
  }

  @Test
  void lengthIsWhatTheHeaderStates() throws IOException {
    byte[] wav = WavBytes.mono(48_000, new double[72_000]);
    try (AudioReader reader = DECODER.open(wav, "a.wav")) {
      assertThat(reader.statedSeconds()).hasValue(1.5);
    }
    try (AudioReader reader = DECODER.open(WavBytes.withDataSize(wav, -1), "piped.wav")) {
      assertThat(reader.statedSeconds()).isEmpty();
    }
  }

  @Test
  void limitsAreForDecodingWhole() throws IOException {
    AudioDecoder decoder = DECODER.withLimits(new DecodeLimits(1, 100));
    try (AudioReader reader = decoder.open(WavBytes.mono(16_000, new double[48_000]), "a.wav")) {
      assertThat(Recordings.readAll(reader, 5000).durationSeconds()).isEqualTo(3);
    }
  }
}
