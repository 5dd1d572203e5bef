package dev.serenade.recognition;

import com.google.gson.Gson;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.onnx.OnnxGraph;
import dev.serenade.whisper.onnx.OperatorSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a model as one ONNX file, from samples to probabilities: the graph that {@link
 * EmotionRecognizer} runs, for programs in other languages.
 *
 * <pre>{@code
 * waveform       (batch, samples)         float32, 16 kHz mono, in [-1, 1]; at least 1 sample
 * lengths        (clips)                  int64, may be left out: samples of each row that are the clip,
 *                                         silence after them
 * probabilities  (batch, classes)         calibrated, sum to 1
 * attention      (batch, heads, frames)   sums to 1 over the frames of 20 ms; 0 after the clip
 * embedding      (batch, width)
 * }</pre>
 *
 * <p>Samples beyond 30 s are not heard. Metadata: {@code labels}, a JSON array in the order of the
 * probabilities, {@code sample_rate}, {@code window}, {@code precision} and {@code
 * serenade_version}.
 *
 * @param precision in what the encoder computes; weights that the model keeps in 16 bits are
 *     written so with any of them
 * @param operators which operators the file may hold
 */
public record OnnxExport(Precision precision, OperatorSet operators) {

  /** Checks that nothing is missing. */
  public OnnxExport {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(operators, "operators");
  }

  /**
   * Writes the file, in place of an earlier one. It appears whole or not at all.
   *
   * @throws IllegalArgumentException if the model goes by words too, which no single graph holds
   * @throws NoSuchFileException if there is no such folder
   * @throws FileSystemException if a folder of that name is there
   * @throws IOException if it cannot be written, or would be larger than the 2 GB of an ONNX file
   */
  public void write(EmotionModel model, Path file) throws IOException {
    if (model.text().isPresent()) {
      throw new IllegalArgumentException(
          "a model that goes by sound and words is no single graph: its decoder picks token by token;"
              + " only models that go by the sound alone can be exported");
    }
    Path target = file.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent(), "a file has a parent");
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "no such folder");
    }
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "a file expected, found a folder");
    }
    OnnxGraph graph =
        RecognitionGraph.export(
            model, EncoderVariant.EXACT.withPrecision(precision), operators, metadata(model));
    Path unfinished = folder.resolve(".%s.%s".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW))) {
        graph.write(out);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Map<String, String> metadata(EmotionModel model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("labels", new Gson().toJson(model.description().labels()));
    metadata.put("sample_rate", Integer.toString(Waveform.SAMPLE_RATE_HZ));
    metadata.put("window", word(model.description().window().mode()));
    metadata.put("precision", word(precision));
    metadata.put(
        "serenade_version",
        Optional.ofNullable(OnnxExport.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)"));
    return metadata;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
