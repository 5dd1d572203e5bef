package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster of processes that are killed while they work. */
@ExtendWith(LocalSpark.class)
class ClusterTest {

  /** Each is a task of its own, so that the job is half-way for long enough. */
  private static final int RECORDINGS = 64;

  @TempDir private Path folder;

  private StandaloneCluster cluster;
  private StandaloneCluster.Worker first;
  private StandaloneCluster.Worker second;

  @BeforeEach
  void start() throws IOException {
    cluster = StandaloneCluster.start(folder);
    first = cluster.startWorker("worker-1");
    second = cluster.startWorker("worker-2");
    Samples.copies(folder.resolve("in"), RECORDINGS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    cluster.stop();
  }

  private Process startJob(String name) throws IOException {
    return cluster.startJob(
        name,
        2,
        "--input",
        folder.resolve("in").toString(),
        "--output",
        folder.resolve("table").toString(),
        "--part-files",
        "1");
  }

  private int finishedParts() throws IOException {
    if (!Files.exists(folder.resolve("table"))) {
      return 0;
    }
    try (Stream<Path> parts = Files.list(folder.resolve("table"))) {
      return (int) parts.filter(part -> Files.exists(part.resolve("scores.parquet"))).count();
    }
  }

  /** Waits until the job is under way on both workers, and so many parts are done. */
  private void waitForParts(int parts, Process job, String name)
      throws IOException, InterruptedException {
    while (finishedParts() < parts) {
      assertThat(job.isAlive()).as(cluster.log(name)).isTrue();
      Thread.sleep(20);
    }
    assertThat(first.hasExecutor() && second.hasExecutor()).as("both workers work").isTrue();
  }

  @Test
  void aDriverAndAWorkerThatDieLoseNothingAndCostTheirRunningTasks()
      throws IOException, InterruptedException {
    Process job = startJob("job");
    waitForParts(10, job, "job");
    job.destroyForcibly().waitFor();
    int finished = finishedParts();
    assertThat(finished).as("parts when the driver dies").isLessThan(RECORDINGS / 2);

    Process next = startJob("next");
    waitForParts(finished + 10, next, "next");
    second.kill();
    assertThat(finishedParts()).as("parts when a worker dies").isLessThan(RECORDINGS);

    assertThat(next.waitFor(300, TimeUnit.SECONDS)).as(cluster.log("next")).isTrue();
    assertThat(next.exitValue()).as(cluster.log("next")).isZero();
    ScoredTable.assertHolds(
        SparkSession.active().read().parquet(folder.resolve("table").toString()),
        Samples.heardInCopies(folder.resolve("in"), RECORDINGS));
    // What was there is not done again, and of what was not, the dead worker's one task is.
    assertThat(cluster.startedTasks("next"))
        .as("tasks that the second driver started")
        .isPositive()
        .isLessThanOrEqualTo(RECORDINGS - finished + 1);
  }
}
