package dev.serenade.speed;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Speech of any length: three clips of EMO-DB (CC0) in turn, over and over, cut at the end.
 *
 * <p>What is said does not change how long it takes, but silence might.
 */
public final class SpeechClips {

  private static final List<String> RECORDINGS =
      List.of("angry-09b10Wa.flac", "happy-09a01Fa.flac", "neutral-12a01Nb.flac");

  private static final int BITS = 16;

  private final List<Waveform> recordings;

  private SpeechClips(List<Waveform> recordings) {
    this.recordings = recordings;
  }

  /** Decodes the recordings. */
  public static SpeechClips load() throws IOException {
    List<Waveform> recordings = new ArrayList<>();
    for (String name : RECORDINGS) {
      try (InputStream in = SpeechClips.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(name + " is missing from the jar");
        }
        recordings.add(AudioDecoder.create().decode(in.readAllBytes(), name));
      }
    }
    return new SpeechClips(recordings);
  }

  /**
   * Returns speech of this length.
   *
   * @throws IllegalArgumentException if that is less than a sample
   */
  public Waveform ofSeconds(double seconds) {
    int length = (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
    if (length < 1) {
      throw new IllegalArgumentException("expected more than 0 s of speech, found " + seconds);
    }
    float[] samples = new float[length];
    int filled = 0;
    for (int i = 0; filled < length; i++) {
      float[] next = recordings.get(i % recordings.size()).toArray();
      int taken = Math.min(next.length, length - filled);
      System.arraycopy(next, 0, samples, filled, taken);
      filled += taken;
    }
    return Waveform.of(samples);
  }

  /** Returns a WAV file of 16 kHz, mono and 16 bits. */
  public static byte[] wav(Waveform waveform) throws IOException {
    byte[] samples = new byte[waveform.length() * Short.BYTES];
    for (int i = 0; i < waveform.length(); i++) {
      int value = Math.round(waveform.get(i) * -Short.MIN_VALUE);
      int sample = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
      samples[2 * i] = (byte) sample;
      samples[2 * i + 1] = (byte) (sample >> Byte.SIZE);
    }
    AudioFormat format = new AudioFormat(Waveform.SAMPLE_RATE_HZ, BITS, 1, true, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AudioInputStream stream =
        new AudioInputStream(new ByteArrayInputStream(samples), format, waveform.length())) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file);
    }
    return file.toByteArray();
  }
}
