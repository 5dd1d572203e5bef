package dev.serenade.cli.train;

import dev.serenade.evaluation.report.PublishedScores;
import java.util.Map;
import java.util.Optional;

/** What a paper printed for the runs of a grid. */
public interface PublishedGrid {

  /** No paper printed anything. */
  PublishedGrid NONE =
      new PublishedGrid() {
        @Override
        public Optional<PublishedScores> scores(String pooling, String layer) {
          return Optional.empty();
        }

        @Override
        public Map<String, PublishedScores> best() {
          return Map.of();
        }
      };

  /** Returns the numbers of one run, if there are any. */
  Optional<PublishedScores> scores(String pooling, String layer);

  /** Returns the numbers of the best layer, by pooling. */
  Map<String, PublishedScores> best();
}
