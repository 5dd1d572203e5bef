package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * Another process that puts clips into a store, each as if it were a run of its own; prints a line
 * for each.
 */
final class StoreFiller {

  static final StoreIdentity IDENTITY =
      StoreIdentity.ofEncoder("tiny", "ab".repeat(32), Window.adaptive());

  private StoreFiller() {}

  /** Takes the folders of store and encoder, the limit in bytes, and how many clips. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    long limitBytes = Long.parseLong(arguments[2]);
    SortedMap<Integer, HiddenStates> states;
    try (EncoderWeights weights = EncoderWeights.open(Path.of(arguments[1]))) {
      states = TinyStates.of(weights, waveform()).hiddenStates();
    }
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      FeatureStore.open(root, IDENTITY, limitBytes).put(clip(i), states);
      System.out.println(i);
    }
  }

  static Process start(Path store, Path encoder, long limitBytes, int clips) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreFiller.class.getName(),
                store.toString(),
                encoder.toString(),
                Long.toString(limitBytes),
                Integer.toString(clips)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static String clip(int number) {
    return Sha256.of(("clip " + number).getBytes(StandardCharsets.UTF_8));
  }

  static Waveform waveform() {
    float[] samples = new float[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.sin(0.1 * i);
    }
    return Waveform.of(samples);
  }
}
