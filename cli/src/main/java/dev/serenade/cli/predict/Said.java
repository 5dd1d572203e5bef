package dev.serenade.cli.predict;

import dev.serenade.transcription.Transcript;
import java.util.List;

/**
 * What is said in a track.
 *
 * @param whole in all of it
 * @param segments in each segment of its timeline; empty if there is none, or if they were told
 *     before
 */
record Said(Transcript whole, List<Transcript> segments) {

  Said {
    segments = List.copyOf(segments);
  }
}
