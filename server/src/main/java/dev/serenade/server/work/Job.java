package dev.serenade.server.work;

import com.google.gson.JsonObject;
import dev.serenade.server.http.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A recording that is heard while its client does something else. */
public final class Job {

  /** How far a job is. */
  public enum Status {
    /** It waits for others. */
    QUEUED,
    /** It is being heard. */
    RUNNING,
    /** It was heard. */
    DONE,
    /** It could not be heard. */
    FAILED;

    /** Returns the word for it in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final String id;
  private final String file;
  private final Instant createdAt;
  private Status status = Status.QUEUED;
  private double heardSeconds;
  private OptionalDouble statedSeconds = OptionalDouble.empty();
  private final List<JsonObject> segments = new ArrayList<>();
  private Optional<JsonObject> result = Optional.empty();
  private Optional<Problem> problem = Optional.empty();
  private boolean cancelled;
  private Instant endedAt = Instant.MAX;

  Job(String id, String file, Instant createdAt) {
    this.id = id;
    this.file = file;
    this.createdAt = createdAt;
  }

  /** What is known of a job at one moment; segments from a number on. */
  public record View(
      Status status,
      double heardSeconds,
      OptionalDouble statedSeconds,
      List<JsonObject> segments,
      Optional<JsonObject> result,
      Optional<Problem> problem) {

    /** Copies the list. */
    public View {
      segments = List.copyOf(segments);
    }

    /** Returns whether nothing will change any more. */
    public boolean isOver() {
      return status == Status.DONE || status == Status.FAILED;
    }
  }

  /** Returns its name, which cannot be guessed. */
  public String id() {
    return id;
  }

  /** Returns what the client calls the recording. */
  public String file() {
    return file;
  }

  /** Returns when it was accepted. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns what is known, with the segments from the given one on. */
  public synchronized View view(int fromSegment) {
    return new View(
        status,
        heardSeconds,
        statedSeconds,
        segments.subList(Math.min(fromSegment, segments.size()), segments.size()),
        result,
        problem);
  }

  /** Waits until something has changed since the view, or for so long. */
  public synchronized View await(View known, int segmentsKnown, long milliseconds)
      throws InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (status == known.status
        && heardSeconds == known.heardSeconds
        && segments.size() == segmentsKnown) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return view(segmentsKnown);
  }

  synchronized boolean begin(OptionalDouble stated) {
    if (cancelled) {
      return false;
    }
    status = Status.RUNNING;
    statedSeconds = stated;
    notifyAll();
    return true;
  }

  synchronized void progress(double seconds, List<JsonObject> newSegments) {
    heardSeconds = seconds;
    segments.addAll(newSegments);
    notifyAll();
  }

  /** Returns whether it was not cancelled before. */
  synchronized boolean finish(JsonObject heard) {
    if (!cancelled) {
      end(Status.DONE);
      result = Optional.of(heard);
    }
    return !cancelled;
  }

  synchronized void fail(Problem found) {
    if (!cancelled) {
      end(Status.FAILED);
      problem = Optional.of(found);
    }
  }

  /** Ends it, if it has not ended. */
  synchronized void cancel() {
    if (status != Status.DONE && status != Status.FAILED) {
      cancelled = true;
      end(Status.FAILED);
      problem =
          Optional.of(
              new Problem(
                  410,
                  "stopped",
                  file + ": stopped before its end",
                  java.util.OptionalInt.empty()));
    }
  }

  private void end(Status how) {
    status = how;
    endedAt = Instant.now();
    notifyAll();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized boolean endedBefore(Instant time) {
    return endedAt.isBefore(time);
  }
}
