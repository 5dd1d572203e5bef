package dev.serenade.audio;

import java.io.IOException;
import java.util.Objects;

/**
 * Says that a recording cannot be used, which one, and why.
 *
 * <p>The message is one line for users: the name of the recording, what was expected, what was
 * found.
 */
public final class AudioFormatException extends IOException {

  /** Why a recording cannot be used. */
  public enum Reason {
    /** There is no such file. */
    NOT_FOUND("not-found"),
    /** It is not a regular file, or the system would not let it be read. */
    UNREADABLE("unreadable"),
    /** It has no bytes, or audio of no samples. */
    EMPTY("empty"),
    /** It is no known audio or video format, or a playlist that names other files. */
    NOT_AUDIO("not-audio"),
    /** It is a known format but holds no audio, such as a video without sound. */
    NO_AUDIO_STREAM("no-audio-stream"),
    /** It ends before the audio does. */
    TRUNCATED("truncated"),
    /** It is damaged before its end. */
    CORRUPT("corrupt"),
    /** It is audio of a kind that cannot be decoded here. */
    UNSUPPORTED("unsupported"),
    /** It has samples that are NaN or infinite. */
    NON_FINITE("non-finite"),
    /** It lasts longer than the limit. */
    TOO_LONG("too-long"),
    /** It has more bytes than the limit. */
    TOO_LARGE("too-large"),
    /** It does not have the channel asked for. */
    NO_SUCH_CHANNEL("no-such-channel"),
    /** It does not last as long as the time range asked for. */
    OUT_OF_RANGE("out-of-range");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** Returns the name of this reason in JSON and on the command line; it never changes. */
    public String code() {
      return code;
    }
  }

  private final Reason reason;
  private final String recording;

  AudioFormatException(Reason reason, String recording, String detail) {
    super(recording + ": " + detail);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.recording = recording;
  }

  AudioFormatException(Reason reason, String recording, String detail, Throwable cause) {
    this(reason, recording, detail);
    initCause(cause);
  }

  /** Returns why the recording cannot be used. */
  public Reason reason() {
    return reason;
  }

  /** Returns the path of the recording, or the name that came with its bytes. */
  public String recording() {
    return recording;
  }
}
