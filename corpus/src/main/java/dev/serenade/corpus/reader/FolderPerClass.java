package dev.serenade.corpus.reader;

import java.util.Map;

/**
 * Any recordings sorted into one folder per class: {@code angry/file.wav}.
 *
 * <p>The folder next to the file is the class. A folder around it is the speaker ({@code
 * anna/angry/file.wav}); without one, speakers are unknown, each recording counts as a speaker of
 * its own, named by its path, and a speaker-disjoint split is then no more than a split of
 * recordings.
 */
final class FolderPerClass {

  private FolderPerClass() {}

  static CorpusReader reader() {
    return new PathReader(
        "folders",
        "a folder per class, optionally within a folder per speaker",
        ClipPattern.of("(?:(?<speaker>[^/]+)/)?(?<emotion>[^/]+)/[^/]+")
            .completedBy(
                clip ->
                    clip.find(ClipName.SPEAKER).isPresent()
                        ? clip
                        : clip.with(ClipName.SPEAKER, clip.clip())),
        Map.of());
  }
}
