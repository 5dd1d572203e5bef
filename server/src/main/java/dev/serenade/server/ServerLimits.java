package dev.serenade.server;

import java.time.Duration;

/**
 * How much a server takes on.
 *
 * @param uploadBytes largest body of a request, in bytes
 * @param seconds longest sound, in seconds
 * @param syncSeconds longest sound that is answered at once, in seconds; longer sound is a job
 * @param requests that are in hand at once; more are refused
 * @param jobs that wait or run at once; more are refused
 * @param deadline by when a short recording must be answered, from the end of its upload
 * @param uploadTime how long an upload may take
 * @param drainTime how long accepted work may take after the server is told to stop
 * @param streams how much live sound
 */
public record ServerLimits(
    long uploadBytes,
    double seconds,
    int syncSeconds,
    int requests,
    int jobs,
    Duration deadline,
    Duration uploadTime,
    Duration drainTime,
    StreamLimits streams) {

  /** 1 GiB, four hours, a minute at once, 128 requests and 16 jobs. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          1L << 30,
          4 * 3600,
          60,
          128,
          16,
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          StreamLimits.DEFAULT);

  /** Checks that all are positive. */
  public ServerLimits {
    require("uploadBytes", (double) uploadBytes);
    require("seconds", seconds);
    require("syncSeconds", syncSeconds);
    require("requests", requests);
    require("jobs", jobs);
    require("deadline", (double) deadline.toMillis());
    require("uploadTime", (double) uploadTime.toMillis());
    require("drainTime", (double) drainTime.toMillis());
  }

  static void require(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "%s: expected more than 0, found %s".formatted(name, value));
    }
  }

  /** Returns the same with other limits of an upload and of its sound. */
  public ServerLimits withRecordings(long bytes, double longestSeconds, int longestSyncSeconds) {
    return new ServerLimits(
        bytes,
        longestSeconds,
        longestSyncSeconds,
        requests,
        jobs,
        deadline,
        uploadTime,
        drainTime,
        streams);
  }

  /** Returns the same with room for other numbers of requests and jobs. */
  public ServerLimits withRoom(int mostRequests, int mostJobs) {
    return new ServerLimits(
        uploadBytes,
        seconds,
        syncSeconds,
        mostRequests,
        mostJobs,
        deadline,
        uploadTime,
        drainTime,
        streams);
  }

  /** Returns the same with other times. */
  public ServerLimits withTimes(Duration newDeadline, Duration newUpload, Duration newDrain) {
    return new ServerLimits(
        uploadBytes,
        seconds,
        syncSeconds,
        requests,
        jobs,
        newDeadline,
        newUpload,
        newDrain,
        streams);
  }

  /** Returns the same with other limits of live sound. */
  public ServerLimits withStreams(StreamLimits newStreams) {
    return new ServerLimits(
        uploadBytes,
        seconds,
        syncSeconds,
        requests,
        jobs,
        deadline,
        uploadTime,
        drainTime,
        newStreams);
  }
}
