package dev.serenade.whisper.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;

/**
 * How a graph is run.
 *
 * @param threads how many threads work on one operator; at least 1
 * @param device what it runs on
 */
public record SessionSettings(int threads, Device device) {

  /** Checks the number of threads. */
  public SessionSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, found " + threads);
    }
  }

  /** Settings for the processor. */
  public SessionSettings(int threads) {
    this(threads, Device.CPU);
  }

  /** Returns settings that use every processor. */
  public static SessionSettings create() {
    return new SessionSettings(Runtime.getRuntime().availableProcessors());
  }

  /** Returns the same with so many threads. */
  public SessionSettings withThreads(int number) {
    return new SessionSettings(number, device);
  }

  /** Returns the same on another device. */
  public SessionSettings on(Device other) {
    return new SessionSettings(threads, other);
  }

  /**
   * Returns what ONNX Runtime is told.
   *
   * @throws GraphException if the device was asked for by name and is not there
   */
  OrtSession.SessionOptions toOptions() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    // To wake a thread takes as long as a small operator, so threads wait awake from one operator
    // to the next; any longer would take the processor from decoding and from other programs.
    options.addConfigEntry("session.intra_op.spin_duration_us", "100");
    try {
      if (device.kind() != Device.Kind.CPU) {
        addCuda(options);
      }
      return options;
    } catch (GraphException e) {
      options.close();
      throw e;
    }
  }

  /**
   * Finds out, before any work, whether the device is there.
   *
   * @throws GraphException if it was asked for by name and is not
   */
  public void checkDevice() {
    try (OrtSession.SessionOptions options = toOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    } catch (OrtException e) {
      throw new GraphException("%s cannot be used".formatted(device), e);
    }
  }

  private void addCuda(OrtSession.SessionOptions options) {
    boolean named = device.kind() == Device.Kind.CUDA;
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      if (named) {
        throw new GraphException(
            "%s: this build of ONNX Runtime has no CUDA; put onnxruntime_gpu in place of onnxruntime (see the documentation of --device), or use --device cpu"
                .formatted(device));
      }
      return;
    }
    try {
      options.addCUDA(device.index());
    } catch (OrtException e) {
      if (named) {
        throw new GraphException(
            "%s cannot be used: a driver, CUDA 12 or cuDNN 9 is missing, or there is no such GPU"
                .formatted(device),
            e);
      }
    }
  }
}
