package dev.serenade.audit;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import java.io.IOException;

/**
 * Decodes the part of a recording that a clip is. As in training, which this module must not know.
 */
final class ClipDecoder {

  private ClipDecoder() {}

  /**
   * Decodes a clip.
   *
   * @throws IOException if it cannot be read, is damaged, or holds no samples
   */
  static Waveform decode(Utterance clip) throws IOException {
    AudioDecoder decoder = AudioDecoder.create();
    if (clip.channel().isPresent()) {
      decoder = decoder.withChannel(clip.channel().getAsInt());
    }
    Waveform waveform =
        clip.isWholeRecording()
            ? decoder.decode(clip.path())
            : decoder.decode(
                clip.path(),
                clip.startSeconds().orElse(0),
                clip.endSeconds().orElse(Double.POSITIVE_INFINITY));
    if (waveform.length() == 0) {
      throw new IOException(clip.id() + ": the clip holds no samples");
    }
    return waveform;
  }
}
