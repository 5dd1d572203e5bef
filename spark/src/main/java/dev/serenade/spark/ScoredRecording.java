package dev.serenade.spark;

import dev.serenade.analysis.Analysis;
import java.util.Optional;

/**
 * What came of a recording: what was heard, or why nothing was.
 *
 * @param path as it was given
 * @param error why there is no analysis
 */
record ScoredRecording(String path, Optional<Analysis> analysis, Optional<ScoringError> error) {

  static ScoredRecording heard(String path, Analysis analysis) {
    return new ScoredRecording(path, Optional.of(analysis), Optional.empty());
  }

  static ScoredRecording failed(String path, ScoringError error) {
    return new ScoredRecording(path, Optional.empty(), Optional.of(error));
  }
}
