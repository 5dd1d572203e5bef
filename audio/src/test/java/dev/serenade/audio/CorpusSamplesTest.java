package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clips of real corpora against the samples that FFmpeg's command line decoded. */
class CorpusSamplesTest {

  static List<String> clips() {
    return new String(Recordings.read("corpus-samples.csv"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("clips")
  void samplesAreThoseOfTheFile(String clip) throws IOException, NoSuchAlgorithmException {
    String[] fields = clip.split(",", -1);
    Path file = Path.of(System.getProperty("serenade.shared", ""), "corpora", fields[0]);
    assumeTrue(Files.exists(file), "no clip at " + file);
    Waveform waveform = AudioDecoder.create().decode(file);
    assertThat(waveform.length()).isEqualTo(Integer.parseInt(fields[1]));
    assertThat(sha256(waveform)).isEqualTo(fields[2]);
  }

  private static String sha256(Waveform waveform) throws NoSuchAlgorithmException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * waveform.length()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < waveform.length(); i++) {
      float value = waveform.get(i) * 32768;
      assertThat(value).as("sample %d", i).isEqualTo((short) value);
      bytes.putShort((short) value);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
