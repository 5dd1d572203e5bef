package dev.serenade.whisper.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/**
 * How a graph is run.
 *
 * @param threads how many threads work on one operator; at least 1
 */
public record SessionSettings(int threads) {

  /** Checks the number of threads. */
  public SessionSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, found " + threads);
    }
  }

  /** Returns settings that use every processor. */
  public static SessionSettings create() {
    return new SessionSettings(Runtime.getRuntime().availableProcessors());
  }

  OrtSession.SessionOptions toOptions() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    // Idle threads that spin take the processor from decoding and from other sessions.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }
}
