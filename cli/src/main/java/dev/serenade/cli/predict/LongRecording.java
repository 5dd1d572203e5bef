package dev.serenade.cli.predict;

import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Waveform;
import java.io.Closeable;
import java.io.IOException;

/**
 * A track that is too long to be held in memory.
 *
 * @param beginning its first samples
 * @param rest reads what comes after them; to be closed by whoever takes the recording
 */
record LongRecording(Track track, Waveform beginning, AudioReader rest)
    implements Decoded, Closeable {

  @Override
  public void close() throws IOException {
    rest.close();
  }
}
