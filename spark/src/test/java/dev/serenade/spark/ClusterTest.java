package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

  private static final int RECORDINGS = 120;

  /** Each a task of its own, so that the job is half-way for long enough. */
  private static final int KILL_AFTER = 12;

  @TempDir private Path folder;
  private StandaloneCluster cluster;
  private StandaloneCluster.Worker first;
  private StandaloneCluster.Worker second;
  private Map<String, Optional<Recognition>> expected;

  @BeforeEach
  void start() throws IOException {
    cluster = StandaloneCluster.start(folder);
    first = cluster.startWorker("worker-1");
    second = cluster.startWorker("worker-2");
    Samples.copies(folder.resolve("in"), RECORDINGS);
    expected = Samples.heardInCopies(folder.resolve("in"), RECORDINGS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    cluster.close();
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

  private long finishedParts() throws IOException {
    if (!Files.exists(folder.resolve("table"))) {
      return 0;
    }
    try (Stream<Path> parts = Files.list(folder.resolve("table"))) {
      return parts.filter(part -> Files.exists(part.resolve("scores.parquet"))).count();
    }
  }

  /** Waits until the job is under way on both workers, and returns how many parts are done. */
  private long waitUntilHalfWay(Process job, String name) throws IOException, InterruptedException {
    long finished = finishedParts();
    while (finished < KILL_AFTER) {
      assertThat(job.isAlive()).as(cluster.log(name)).isTrue();
      Thread.sleep(20);
      finished = finishedParts();
    }
    assertThat(first.hasExecutor() && second.hasExecutor()).as("both workers work").isTrue();
    return finished;
  }

  private void assertEndsWell(Process job, String name) throws IOException, InterruptedException {
    assertThat(job.waitFor(120, TimeUnit.SECONDS)).as(cluster.log(name)).isTrue();
    assertThat(job.exitValue()).as(cluster.log(name)).isZero();
    ScoredTable.assertHolds(
        SparkSession.active().read().parquet(folder.resolve("table").toString()), expected);
  }

  @Test
  void aWorkerThatDiesLosesNothingAndCostsAtMostItsRunningTask()
      throws IOException, InterruptedException {
    Process job = startJob("job");
    long before = waitUntilHalfWay(job, "job");
    second.kill();
    assertThat(before).isLessThan(RECORDINGS);
    assertEndsWell(job, "job");
    assertThat(cluster.startedTasks("job")).isBetween((long) RECORDINGS, RECORDINGS + 1L);
  }

  @Test
  void aDriverThatDiesLosesNothingAndTheNextGoesOn() throws IOException, InterruptedException {
    Process job = startJob("job");
    waitUntilHalfWay(job, "job");
    job.destroyForcibly().waitFor();
    long before = finishedParts();
    assertThat(before).isLessThan(RECORDINGS);
    Process next = startJob("next");
    assertEndsWell(next, "next");
    assertThat(cluster.startedTasks("next"))
        .as("parts that were not there when the first driver died")
        .isPositive()
        .isLessThanOrEqualTo(RECORDINGS - before);
  }
}
