package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our front end against the feature extractor of transformers. */
class LogMelReferenceTest {

  /** Both compute in float32, down to 80 dB below the loudest; 5.9e-5 is the worst seen (sweep). */
  private static final float TOLERANCE = 1e-4f;

  private static final int MAX_FRAMES = 3000;

  @ParameterizedTest
  @CsvSource({
    "emodb_03a01Fa, 80",
    "emodb_03a01Fa, 128",
    "emodb_16b10Wb, 80",
    "emodb_16b10Wb, 128",
    "ravdess_03-01-05-01-02-01-16, 80",
    "ravdess_03-01-05-01-02-01-16, 128",
    "sweep, 80",
    "sweep, 128",
    "silence, 80",
    "silence, 128",
    "impulse, 80",
    "impulse, 128"
  })
  void equalsTransformers(String clip, int melBands) throws IOException {
    FloatTensor expected;
    try (SafetensorsFile file = SafetensorsFile.open(Shared.path("reference/logmel.safetensors"))) {
      expected = file.read(clip + ".logmel" + melBands);
    }
    int frames = (int) expected.shape()[1];
    FloatTensor found = logMel(ReferenceClips.named(clip).toArray(), melBands, frames);
    assertThat(found.shape()).containsExactly(1, melBands, frames);
    float worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      worst = Math.max(worst, Math.abs(expected.get(i) - found.get(i)));
    }
    assertThat(worst).isLessThanOrEqualTo(TOLERANCE);
  }

  private static FloatTensor logMel(float[] samples, int melBands, int frames) {
    GraphBuilder graph = new GraphBuilder("log-mel");
    graph.output(
        "log_mel",
        new LogMelGraph(melBands, MAX_FRAMES)
            .append(
                graph,
                graph.input("waveform", DataType.FLOAT, "batch", "samples"),
                graph.integers(frames)),
        DataType.FLOAT,
        "batch",
        "bands",
        "frames");
    try (GraphSession session = graph.build().open(SessionSettings.create())) {
      return session
          .run(
              Map.of("waveform", FloatTensor.of(samples, 1, samples.length)),
              Map.of(),
              Set.of("log_mel"))
          .get("log_mel");
    }
  }
}
