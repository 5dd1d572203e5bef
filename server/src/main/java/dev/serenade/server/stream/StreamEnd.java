package dev.serenade.server.stream;

/** Why the server ends a stream: close codes of RFC 6455 and its registry. */
enum StreamEnd {
  /** The client said that it has no more, and was told everything. */
  DONE(1000),
  /** The server ends; what was sent is scored. */
  SHUTTING_DOWN(1001),
  /** The client sent what cannot be heard. */
  BAD_DATA(1003),
  /** The client is idle, or has used up its time. */
  AGAINST_THE_RULES(1008),
  /** The server failed. */
  FAILED(1011),
  /** Too many streams are open. */
  TOO_MANY(1013);

  private final int code;

  StreamEnd(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
