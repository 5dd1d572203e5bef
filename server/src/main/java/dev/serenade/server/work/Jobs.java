package dev.serenade.server.work;

import dev.serenade.server.http.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The jobs of a server: heard one after the other, in the order in which they came, beside the
 * short recordings. What came of them is kept for an hour, and no more than {@value #MOST_KEPT}.
 */
public final class Jobs implements AutoCloseable {

  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST_KEPT = 1000;
  private static final int ID_BYTES = 16;
  private static final int RETRY_AFTER_SECONDS = 30;

  private final int room;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "hear-jobs");
            thread.setDaemon(true);
            return thread;
          });

  private int unfinished;

  /** Makes room for so many jobs that wait or run. */
  public Jobs(int room) {
    this.room = room;
  }

  /** Returns a name that cannot be guessed: 128 random bits. */
  public synchronized String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Puts a job in the queue.
   *
   * @param work hears it; runs once, also if the job was cancelled meanwhile
   * @throws ProblemException {@code busy} if too many wait
   */
  public synchronized Job submit(String file, Consumer<Job> work) {
    if (unfinished >= room) {
      throw ProblemException.busy(
          "%d long recordings wait; try again later".formatted(room), RETRY_AFTER_SECONDS);
    }
    forgetOld();
    Job job = new Job(newId(), file, Instant.now());
    jobs.put(job.id(), job);
    unfinished++;
    worker.execute(
        () -> {
          try {
            work.accept(job);
          } finally {
            finished();
          }
        });
    return job;
  }

  private synchronized void finished() {
    unfinished--;
    notifyAll();
  }

  private void forgetOld() {
    Instant limit = Instant.now().minus(KEPT);
    jobs.values().removeIf(job -> job.endedBefore(limit));
    int tooMany = jobs.size() - MOST_KEPT + 1;
    List<String> oldest =
        jobs.values().stream()
            .filter(job -> job.view(0).isOver())
            .limit(Math.max(0, tooMany))
            .map(Job::id)
            .toList();
    oldest.forEach(jobs::remove);
  }

  /** Returns a job, unless it is forgotten. */
  public synchronized Optional<Job> find(String id) {
    forgetOld();
    return Optional.ofNullable(jobs.get(id));
  }

  /** Returns all jobs, newest first. */
  public synchronized List<Job> list() {
    forgetOld();
    List<Job> all = new ArrayList<>(jobs.values());
    java.util.Collections.reverse(all);
    return all;
  }

  /** Forgets a job, and ends it first if need be; returns whether there was one. */
  public synchronized boolean delete(String id) {
    Job job = jobs.remove(id);
    if (job != null) {
      job.cancel();
    }
    return job != null;
  }

  /** Returns how many wait or run. */
  public synchronized int unfinished() {
    return unfinished;
  }

  /** Waits until none is left, or for so long; returns whether none is. */
  public synchronized boolean awaitFinished(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (unfinished > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    list().forEach(Job::cancel);
    worker.shutdown();
  }
}
