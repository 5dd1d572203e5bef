package dev.serenade.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Sound that comes piece by piece, from a recording or while it is being made, as mono 16 kHz
 * waveforms.
 *
 * <p>For one thread, unless the implementation says otherwise. To be closed after use.
 */
public sealed interface WaveformStream extends Closeable permits AudioReader, PcmInput, Microphone {

  /**
   * Reads the next samples, and waits for them if need be.
   *
   * @param samples how many, at least 1
   * @return as many, or fewer if the sound ends there; empty after its end
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  Optional<Waveform> read(int samples) throws IOException;
}
