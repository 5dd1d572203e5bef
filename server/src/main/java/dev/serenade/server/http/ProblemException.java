package dev.serenade.server.http;

import java.util.OptionalInt;

/** Ends a request with a problem, which the client is told. */
public final class ProblemException extends RuntimeException {

  private final int status;
  private final String code;
  private final OptionalInt retryAfterSeconds;

  /**
   * Makes a problem.
   *
   * @param status of HTTP
   * @param code its name, which never changes
   * @param detail one line for users
   */
  public ProblemException(int status, String code, String detail) {
    this(status, code, detail, OptionalInt.empty());
  }

  private ProblemException(int status, String code, String detail, OptionalInt retryAfterSeconds) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Returns that a request makes no sense. */
  public static ProblemException badRequest(String detail) {
    return new ProblemException(400, "bad-request", detail);
  }

  /** Returns that there is no such thing. */
  public static ProblemException notFound(String detail) {
    return new ProblemException(404, "not-found", detail);
  }

  /** Returns that there is no room for more work. */
  public static ProblemException busy(String detail, int retryAfterSeconds) {
    return new ProblemException(429, "busy", detail, OptionalInt.of(retryAfterSeconds));
  }

  /** Returns that the server is about to end. */
  public static ProblemException shuttingDown() {
    return new ProblemException(
        503, "shutting-down", "the server is shutting down", OptionalInt.of(10));
  }

  /** Returns that a recording was not heard in time. */
  public static ProblemException deadline(String detail) {
    return new ProblemException(504, "deadline", detail, OptionalInt.of(5));
  }

  /** Returns that what is kept cannot be reached at the moment. */
  public static ProblemException historyUnavailable() {
    return new ProblemException(
        503,
        "history-unavailable",
        "the server cannot use its history at the moment",
        OptionalInt.of(10));
  }

  /** Returns that a recording is too large for what is left of the server's disk. */
  public static ProblemException noSpace() {
    return new ProblemException(507, "no-space", "the server has no room left to keep recordings");
  }

  /** Returns the status of HTTP. */
  public int status() {
    return status;
  }

  /** Returns the name of the problem, which never changes. */
  public String code() {
    return code;
  }

  /** Returns one line for users. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Returns when to try again, if that may help. */
  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
