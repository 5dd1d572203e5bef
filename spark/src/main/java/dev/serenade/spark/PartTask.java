package dev.serenade.spark;

import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;

/** Scores parts of a table, each from its first recording to its file, on whatever worker. */
final class PartTask implements VoidFunction<Iterator<Part>> {

  private static final long serialVersionUID = 1;

  private final ScoringSettings settings;
  private final String folder;

  PartTask(ScoringSettings settings, String folder) {
    this.settings = settings;
    this.folder = folder;
  }

  @Override
  public void call(Iterator<Part> parts) throws IOException {
    ScoreTable table = ScoreTable.at(folder, settings.hadoopConfiguration());
    while (parts.hasNext()) {
      Part part = parts.next();
      // One that a lost executor has finished after all, or another attempt.
      if (!table.isFinished(part.number())) {
        score(part, table);
      }
    }
  }

  private void score(Part part, ScoreTable table) throws IOException {
    Path attempt = table.newAttempt(part.number());
    try {
      Iterator<ScoredRecording> scored =
          settings.score(
              part.paths().stream().map(RecordingSource::at).iterator(), TaskContext.get());
      try (ParquetScores out =
          ParquetScores.create(
              attempt,
              settings.hadoopConfiguration(),
              settings.timeline().isPresent(),
              settings.embedding())) {
        while (scored.hasNext()) {
          // A task that is cancelled, such as the slower of two, goes on otherwise.
          TaskContext.get().killTaskIfInterrupted();
          out.write(scored.next());
        }
      }
      table.commit(attempt, part.number());
    } catch (Throwable e) {
      table.discard(attempt);
      throw e;
    }
  }
}
