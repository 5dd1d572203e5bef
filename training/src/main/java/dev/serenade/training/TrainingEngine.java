package dev.serenade.training;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch, by DJL, from the natives on the class path and nowhere else: nothing is downloaded and
 * nobody is called.
 *
 * <p>Gradients are asked for through {@link JniUtils} and not through DJL's gradient collector, of
 * which there can be only one at a time in a process, whereas folds are trained side by side.
 */
final class TrainingEngine {

  static final String NAME = "PyTorch";

  static {
    // Offline, DJL neither looks for other natives nor reports its use.
    System.setProperty("ai.djl.offline", "true");
  }

  private TrainingEngine() {}

  /** Returns whether the engine is on the class path and runs on this machine. */
  static boolean isThere() {
    try {
      Engine.getEngine(NAME);
      return true;
    } catch (EngineException | IllegalArgumentException | LinkageError e) {
      return false;
    }
  }

  /** Returns a manager on the {@link TrainingDevice} for one training; whoever calls closes it. */
  static NDManager newManager() {
    return Engine.getEngine(NAME).newBaseManager(TrainingDevice.current());
  }

  /**
   * Prepares the calling thread: whether what it runs is recorded for gradients, and that the
   * engine starts no threads of its own for it, which would wait for one another in a busy loop.
   */
  static void prepareThread(boolean gradients) {
    Engine.getEngine(NAME);
    JniUtils.setNumThreads(1);
    JniUtils.setGradMode(gradients);
  }

  /** Works out the gradients of a scalar. */
  static void backward(NDArray loss) {
    NDArray one = loss.onesLike();
    JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
  }
}
