package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedRecordingsTest {

  private static final byte[] WAV = WavBytes.mono(16_000, WavBytes.tone(440, 0.5, 16_000, 16_000));

  @Test
  void missingFileIsNotFound(@TempDir Path folder) {
    AudioFormatException refusal = Recordings.refusal(folder.resolve("none.wav"));
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refusal.recording()).endsWith("none.wav");
  }

  @Test
  void folderIsUnreadable(@TempDir Path folder) {
    assertThat(Recordings.refusal(folder).reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void fileOfNoBytesIsEmpty(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("empty.wav"));
    assertThat(Recordings.refusal(file).reason()).isEqualTo(Reason.EMPTY);
    assertThat(Recordings.reasonToRefuse(new byte[0], "empty.wav")).isEqualTo(Reason.EMPTY);
  }

  @Test
  void headerWithoutSamplesIsEmpty() {
    assertThat(Recordings.reasonToRefuse(WavBytes.mono(16_000), "a")).isEqualTo(Reason.EMPTY);
    // A third of a sample at 16 kHz.
    assertThat(Recordings.reasonToRefuse(WavBytes.mono(48_000, 0.5), "a")).isEqualTo(Reason.EMPTY);
  }

  @Test
  void textIsNotAudio() {
    byte[] text =
        "Dear diary, today I recorded nothing at all.\n"
            .repeat(50)
            .getBytes(StandardCharsets.UTF_8);
    AudioFormatException refusal = Recordings.refusal(text, "diary.wav");
    assertThat(refusal.reason()).isEqualTo(Reason.NOT_AUDIO);
    assertThat(refusal).hasMessageStartingWith("diary.wav: audio expected, found ");
  }

  @Test
  void videoWithoutSoundHasNoAudioStream() {
    assertThat(Recordings.reasonToRefuse(Recordings.read("silent.mp4"), "silent.mp4"))
        .isEqualTo(Reason.NO_AUDIO_STREAM);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000, 16_000, 31_990})
  void wavShorterThanItsHeaderSaysIsTruncated(int missingBytes) {
    byte[] cut = Arrays.copyOf(WAV, WAV.length - missingBytes);
    assertThat(Recordings.reasonToRefuse(cut, "cut.wav")).isEqualTo(Reason.TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 0x7FFFF024, 0x7FFFFFFF, 0x80000000, -45})
  void wavWrittenToPipeIsReadToItsEnd(int dataSize) throws IOException {
    Waveform expected = AudioDecoder.create().decode(WAV, "whole.wav");
    byte[] piped = WavBytes.withDataSize(WAV, dataSize);
    assertThat(AudioDecoder.create().decode(piped, "piped.wav")).isEqualTo(expected);
  }

  @Test
  void whatFollowsTheDataOfWavIsNoAudio() throws IOException {
    byte[] longer = Arrays.copyOf(WAV, WAV.length + 1000);
    assertThat(AudioDecoder.create().decode(longer, "longer.wav"))
        .isEqualTo(AudioDecoder.create().decode(WAV, "whole.wav"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac", "alac.m4a", "adpcm.wav", "alaw.wav", "tone.aiff", "tone.au", "tone.caf",
        "tone.w64", "vbr.mp3", "cbr.mp3", "tone.ogg", "tone.m4a", "faststart.m4a", "tone.aac",
        "tone.mkv", "tone.opus", "tone.webm", "video.mp4", "video.avi"
      })
  void cutRecordingIsTruncated(String name) {
    byte[] whole = Recordings.read(name);
    for (double kept : new double[] {0.25, 0.5, 0.7, 0.85, 0.9}) {
      byte[] cut = Arrays.copyOf(whole, (int) (whole.length * kept));
      AudioFormatException refusal = Recordings.refusal(cut, name);
      assertThat(refusal).as("%s cut to %s", name, kept).isNotNull();
      assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Reason.TRUNCATED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac",
        "alaw.wav",
        "tone.au",
        "cbr.mp3",
        "tone.ogg",
        "faststart.m4a",
        "tone.aac",
        "tone.mkv",
        "tone.opus",
        "tone.webm",
        "video.avi"
      })
  void recordingThatLacksItsLastByteIsTruncated(String name) {
    byte[] whole = Recordings.read(name);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertThat(Recordings.reasonToRefuse(cut, name)).isEqualTo(Reason.TRUNCATED);
  }

  /** Each is damaged by zeros in the part of the file that holds audio. */
  @ParameterizedTest
  @CsvSource({
    "tone.flac, 0.8",
    "cbr.mp3, 0.5",
    "vbr.mp3, 0.5",
    "tone.aac, 0.5",
    "tone.m4a, 0.5",
    "faststart.m4a, 0.6",
    "tone.mkv, 0.6",
    "alac.m4a, 0.3"
  })
  void damageInTheMiddleIsNamedWithItsTime(String name, double where) {
    byte[] damaged = Recordings.read(name);
    int from = (int) (damaged.length * where);
    Arrays.fill(damaged, from, from + 100, (byte) 0);
    AudioFormatException refusal = Recordings.refusal(damaged, name);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(Reason.CORRUPT);
    assertThat(refusal).hasMessageMatching(name + ": damaged at 0\\.\\d{3} s: .*");
  }

  @Test
  void lostOggPageIsDamage() {
    byte[] damaged = Recordings.read("tone.opus");
    damaged[damaged.length / 2] ^= 1;
    assertThat(Recordings.reasonToRefuse(damaged, "tone.opus")).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void tagsAfterTheAudioAreNoDamage() throws IOException {
    for (String name : new String[] {"cbr.mp3", "vbr.mp3", "tone.flac"}) {
      byte[] whole = Recordings.read(name);
      byte[] tagged = Arrays.copyOf(whole, whole.length + 128);
      System.arraycopy(new byte[] {'T', 'A', 'G'}, 0, tagged, whole.length, 3);
      assertThat(AudioDecoder.create().decode(tagged, name))
          .isEqualTo(AudioDecoder.create().decode(whole, name));
    }
  }
}
