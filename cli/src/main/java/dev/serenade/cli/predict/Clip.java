package dev.serenade.cli.predict;

import dev.serenade.audio.Gap;
import dev.serenade.audio.Waveform;
import java.util.List;

/** The sound of a track, and what could not be decoded of it. */
record Clip(Track track, Waveform waveform, List<Gap> gaps) implements Decoded {

  Clip {
    gaps = List.copyOf(gaps);
  }
}
