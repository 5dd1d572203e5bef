package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings with random damage are decoded, read or refused, soon, and nothing else happens. */
class MutatedRecordingsTest {

  private static final int MUTATIONS = 60;

  /** Of one mutated second of sound; hundreds of times what it takes. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adpcm.wav", "alaw.wav", "tone.flac", "alac.m4a", "tone.aiff", "tone.au", "tone.caf",
        "tone.w64", "vbr.mp3", "cbr.mp3", "tone.ogg", "tone.m4a", "faststart.m4a", "tone.aac",
        "tone.mkv", "tone.opus", "tone.webm", "video.mp4", "video.avi", "silent.mp4"
      })
  void mutatedRecordingIsDecodedReadOrRefused(String name) {
    String given = System.getProperty("test.seed", "");
    long seed = given.isEmpty() ? 20_261_124 : Long.parseLong(given);
    Random random = new Random(seed + name.hashCode());
    byte[] whole = Recordings.read(name);
    AudioDecoder decoder = AudioDecoder.create().withLimits(new DecodeLimits(60, 1 << 20));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(whole, random);
      String label = "%s, mutation %d of seed %d".formatted(name, i, seed);
      Assertions.assertTimeout(LONGEST, () -> decode(decoder, mutated, label), label);
      Assertions.assertTimeout(LONGEST, () -> read(decoder, mutated, label), label);
    }
  }

  private static void decode(AudioDecoder decoder, byte[] bytes, String label) {
    try {
      assertThat(decoder.decode(bytes, label).length()).as(label).isPositive();
    } catch (AudioFormatException e) {
      assertThat(e).as(label).hasMessageStartingWith(label);
    } catch (IOException | RuntimeException e) {
      fail(label, e);
    }
  }

  /** Reads what the decoder may refuse. */
  private static void read(AudioDecoder decoder, byte[] bytes, String label) {
    try (AudioReader reader = decoder.open(bytes, label)) {
      long samples = 0;
      for (var piece = reader.read(4000); piece.isPresent(); piece = reader.read(4000)) {
        samples += piece.get().length();
      }
      assertThat(samples).as(label).isPositive();
      for (Gap gap : reader.gaps()) {
        assertThat(gap.startSeconds())
            .as(label)
            .isLessThanOrEqualTo((double) samples / Waveform.SAMPLE_RATE_HZ + 0.001);
      }
    } catch (AudioFormatException e) {
      assertThat(e).as(label).hasMessageStartingWith(label);
    } catch (IOException | RuntimeException e) {
      fail(label, e);
    }
  }

  private static byte[] mutate(byte[] whole, Random random) {
    byte[] mutated = whole.clone();
    // Half of the damage goes where the headers are.
    int span = random.nextBoolean() ? Math.min(200, mutated.length) : mutated.length;
    int changes = 1 << random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int where = random.nextInt(span);
      switch (random.nextInt(4)) {
        case 0 -> mutated[where] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[where] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(mutated, where, Math.min(where + 4, mutated.length), (byte) 0xFF);
        default -> {
          int from = random.nextInt(mutated.length);
          int length = Math.min(random.nextInt(64), mutated.length - Math.max(from, where));
          System.arraycopy(mutated, from, mutated, where, length);
        }
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(mutated, random.nextInt(whole.length)) : mutated;
  }
}
