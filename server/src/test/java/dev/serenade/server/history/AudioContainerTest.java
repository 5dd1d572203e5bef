package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AudioContainerTest {

  /** Beginnings of files that FFmpeg wrote, and of some that only look like sound. */
  @ParameterizedTest
  @CsvSource({
    "524946462400000057415645666d7420, WAV, audio/wav",
    "52463634ffffffff57415645, WAV, audio/wav",
    "524946462400000041564920, BIN, application/octet-stream",
    "726966662e91cf11a5d628db04c10000, W64, application/octet-stream",
    "664c614300000022, FLAC, audio/flac",
    "4f67675300020000, OGG, audio/ogg",
    "49443304000000000023, MP3, audio/mpeg",
    "fffb9064, MP3, audio/mpeg",
    "fff15080, AAC, audio/aac",
    "fff94c80, AAC, audio/aac",
    "0000001c667479704d344120, M4A, audio/mp4",
    "1a45dfa39f4286810142f7810142f2810442f381084282847765626d, WEBM, audio/webm",
    "1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b61, MKA, audio/x-matroska",
    "464f524d0000002e41494646434f4d4d, AIFF, audio/aiff",
    "464f524d0000002e4149464346564552, AIFF, audio/aiff",
    "6361666600010000, CAF, audio/x-caf",
    "2e736e6400000018, AU, audio/basic",
    "2321414d520a, AMR, audio/amr",
    "2321414d522d57420a, AMR, audio/amr",
    "3026b2758e66cf11a6d900aa0062ce6c, WMA, audio/x-ms-wma",
    "3c68746d6c3e, BIN, application/octet-stream",
    "ff, BIN, application/octet-stream",
    "'', BIN, application/octet-stream"
  })
  void theFirstBytesTell(String hex, AudioContainer container, String mediaType) {
    byte[] beginning = HexFormat.of().parseHex(hex);

    assertThat(AudioContainer.of(beginning)).isEqualTo(container);
    assertThat(container.mediaType()).isEqualTo(mediaType);
  }

  @ParameterizedTest
  @EnumSource
  void wordsAreNamesOfFilesAndUnderstood(AudioContainer container) {
    assertThat(container.word()).matches("[a-z0-9]{2,4}");
    assertThat(AudioContainer.named(container.word())).isEqualTo(container);
  }

  @Test
  void noMediaTypeIsOneThatBrowsersRun() {
    assertThat(Stream.of(AudioContainer.values()).map(AudioContainer::mediaType))
        .allMatch(type -> type.startsWith("audio/") || type.equals("application/octet-stream"));
    assertThat(AudioContainer.named("html")).isEqualTo(AudioContainer.BIN);
  }
}
