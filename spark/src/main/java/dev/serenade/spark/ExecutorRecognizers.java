package dev.serenade.spark;

import dev.serenade.recognition.EmotionRecognizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The recognisers of this JVM: one for each model that its tasks use, however many they are.
 *
 * <p>One stays when its tasks are done, for those to come; it is closed when another model is asked
 * for and nobody uses it any more. What is left at the end is freed with the process.
 */
final class ExecutorRecognizers {

  /** Loads a model. */
  @FunctionalInterface
  interface Loader {
    EmotionRecognizer load() throws IOException;
  }

  /** All of a JVM's tasks use this one. */
  static final ExecutorRecognizers OF_THIS_JVM = new ExecutorRecognizers();

  private static final class Shared {
    private final EmotionRecognizer recognizer;
    private int users;

    Shared(EmotionRecognizer recognizer) {
      this.recognizer = recognizer;
    }
  }

  private final Map<String, Shared> loaded = new HashMap<>();
  private int loads;

  /**
   * Returns the recogniser of this key, loaded if it is the first time. To be {@linkplain #release
   * released} as often as it was acquired.
   *
   * @param key equal for equal models and settings
   */
  synchronized EmotionRecognizer acquire(String key, Loader loader) {
    Shared shared = loaded.get(key);
    if (shared == null) {
      loaded.values().stream()
          .filter(other -> other.users == 0)
          .forEach(other -> other.recognizer.close());
      loaded.values().removeIf(other -> other.users == 0);
      try {
        shared = new Shared(loader.load());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot load the model: " + e.getMessage(), e);
      }
      loads++;
      loaded.put(key, shared);
    }
    shared.users++;
    return shared.recognizer;
  }

  /** Says that a task needs the recogniser of this key no more. */
  synchronized void release(String key) {
    Shared shared = loaded.get(key);
    if (shared == null || shared.users == 0) {
      throw new IllegalStateException("released more often than acquired: " + key);
    }
    shared.users--;
  }

  /** Returns how many models were loaded so far. */
  synchronized int loads() {
    return loads;
  }
}
