package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.WaveformBatch;
import dev.serenade.whisper.onnx.OnnxGraph;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a model is faster in 8-bit integers on this machine, and remembers it.
 *
 * <p>A clip of 3 s is recognised both ways in turn, {@value #ROUNDS} times each after one to warm
 * up, and the fastest of each way counts. Integers must be at least a tenth faster, for they cost a
 * little accuracy. The answer is kept in a file for each model, processor and number of threads; a
 * folder that cannot be written is done without.
 */
final class PrecisionTrial {

  private static final int ROUNDS = 5;
  private static final double LEAST_GAIN = 1.1;
  private static final int CLIP_SECONDS = 3;

  /** Raised when either way is computed otherwise. */
  private static final int VERSION = 1;

  private static final Pattern MODEL_NAME = Pattern.compile("(?m)^model name\\s*: (.*)$");

  /** On which the speed of either depends. */
  private static final List<String> INSTRUCTIONS =
      List.of("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm");

  private final Path folder;
  private final String processor;

  PrecisionTrial(Path folder, String processor) {
    this.folder = folder;
    this.processor = processor;
  }

  /** Returns a trial that remembers in the user's cache. */
  static PrecisionTrial create() {
    return new PrecisionTrial(
        Path.of(System.getProperty("user.home"), ".cache", "serenade", "precision"), processor());
  }

  /** Returns the faster precision, as it is remembered or found out now. */
  Precision faster(EmotionModel model, EncoderVariant variant, SessionSettings settings)
      throws IOException {
    Path file = folder.resolve(name(model, variant, settings));
    for (Precision precision : List.of(Precision.FP32, Precision.INT8)) {
      if (remembers(file, precision)) {
        return precision;
      }
    }
    Precision faster = compare(model, variant, settings);
    remember(file, faster);
    return faster;
  }

  private static Precision compare(
      EmotionModel model, EncoderVariant variant, SessionSettings settings) throws IOException {
    Waveform clip = noise();
    OnnxGraph floats = RecognitionGraph.build(model, variant.withPrecision(Precision.FP32));
    OnnxGraph integers = RecognitionGraph.build(model, variant.withPrecision(Precision.INT8));
    long fastestFloats = Long.MAX_VALUE;
    long fastestIntegers = Long.MAX_VALUE;
    try (BatchRunner inFloats = new BatchRunner(floats, settings);
        BatchRunner inIntegers = new BatchRunner(integers, settings)) {
      for (int round = 0; round <= ROUNDS; round++) {
        long floatTime = time(inFloats, model, clip);
        long integerTime = time(inIntegers, model, clip);
        if (round > 0) {
          fastestFloats = Math.min(fastestFloats, floatTime);
          fastestIntegers = Math.min(fastestIntegers, integerTime);
        }
      }
    }
    return fastestFloats > LEAST_GAIN * fastestIntegers ? Precision.INT8 : Precision.FP32;
  }

  private static long time(BatchRunner runner, EmotionModel model, Waveform clip) {
    long start = System.nanoTime();
    runner.run(
        WaveformBatch.of(
            List.of(clip),
            model.description().window(),
            model.description().encoder().config().positions(),
            1));
    return System.nanoTime() - start;
  }

  /** What is heard makes no difference to the time. */
  private static Waveform noise() {
    Random random = new Random(1);
    float[] samples = new float[CLIP_SECONDS * Waveform.SAMPLE_RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return Waveform.of(samples);
  }

  private static boolean remembers(Path file, Precision precision) {
    try {
      return Files.readString(file).strip().equals(word(precision));
    } catch (IOException e) {
      return false;
    }
  }

  private void remember(Path file, Precision precision) {
    Path temporary = folder.resolve("." + UUID.randomUUID());
    try {
      Files.createDirectories(folder);
      try {
        Files.writeString(temporary, word(precision) + "\n");
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // The next start tries again, which costs half a second; to fail would cost more.
    }
  }

  private static String word(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  private String name(EmotionModel model, EncoderVariant variant, SessionSettings settings) {
    return "v%d-%s-%d-%d.%d-%s-%d"
        .formatted(
            VERSION,
            model.description().encoder().sha256().substring(0, 16),
            model.description().head().fusion().highest(),
            variant.merging().after(),
            variant.merging().factor(),
            processor.replaceAll("[^A-Za-z0-9]+", "-"),
            settings.threads());
  }

  /** What the system calls the processor, and which of the telling instructions it has. */
  private static String processor() {
    StringBuilder description = new StringBuilder(System.getProperty("os.arch"));
    Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).ifPresent(description::append);
    try {
      String all = Files.readString(Path.of("/proc/cpuinfo"));
      Matcher model = MODEL_NAME.matcher(all);
      if (model.find()) {
        description.append(' ').append(model.group(1));
      }
      for (String instructions : INSTRUCTIONS) {
        if (all.contains(" " + instructions + " ")) {
          description.append(' ').append(instructions);
        }
      }
    } catch (IOException e) {
      // Not Linux: the architecture must do.
    }
    return description.toString();
  }
}
