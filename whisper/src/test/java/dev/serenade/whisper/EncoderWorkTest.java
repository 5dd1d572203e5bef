package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderWorkTest {

  private static final WhisperConfig TINY_EN = new WhisperConfig(384, 4, 6, 1536, 80, 1500);

  @TempDir Path folder;

  @Test
  void threeSecondsOfTinyWorkedByHand() {
    // 3 s are 150 frames, 152 on the grid: 304 Mel frames, 308 spectra.
    EncoderWork work = EncoderWork.of(TINY_EN, Window.adaptive(), 4, 48_000);

    // DFT 308 * 400 * 400 and Mel 308 * 400 * 80.
    assertThat(work.frontEnd()).isEqualTo(49_280_000L + 9_856_000L);
    // 304 frames of 3 * 80 * 384, 152 of 3 * 384 * 384.
    assertThat(work.convolutions()).isEqualTo(28_016_640L + 67_239_936L);
    // A block: 4 * 384^2 * 152, 2 * 384 * 1536 * 152 and 2 * 384 * 152^2.
    assertThat(work.blocks()).isEqualTo(4 * (89_653_248L + 179_306_496L + 17_743_872L));
    assertThat(work.total()).isEqualTo(154_392_576L + 1_146_814_464L);
    assertThat(work.gigaflops()).isEqualTo(2.60241408);
  }

  @Test
  void theMemoryAddsItsCellsToAttention() {
    // 154 frames with four of silence, 160 on the grid; 128 cells, 4 levels.
    EncoderWork work = EncoderWork.of(TINY_EN, Window.memory(), 1, 48_000);

    long attended = 2L * 384 * 160 * (160 + 128);
    long interpolated = 2L * 4 * 128 * 384;
    assertThat(work.blocks())
        .isEqualTo(4L * 384 * 384 * 160 + 2L * 384 * 1536 * 160 + attended + interpolated);
    assertThat(work.convolutions()).isEqualTo(322L * 3 * 80 * 384 + 161L * 3 * 384 * 384);
  }

  @Test
  void paddingMakesEveryClipAsMuchWorkAsThirtySeconds() {
    assertThat(EncoderWork.of(TINY_EN, Window.padded(), 4, 16_000))
        .isEqualTo(EncoderWork.of(TINY_EN, Window.padded(), 4, 480_000))
        .isEqualTo(EncoderWork.of(TINY_EN, Window.adaptive(), 4, 480_000));
  }

  /** Whoever changes the graph without the count, or the other way round, hears of it here. */
  @ParameterizedTest
  @CsvSource({
    "PADDED, 9000, 3",
    "ADAPTIVE, 9000, 3",
    "ADAPTIVE, 9000, 1",
    "ADAPTIVE, 9000, 0",
    "ADAPTIVE, 19200, 3",
    "MEMORY, 9000, 3",
    "MEMORY, 9000, 2",
    "MEMORY, 19200, 3"
  })
  void equalsWhatTheRunningGraphDoes(Window.Mode mode, int samples, int layer)
      throws IOException, OrtException {
    WhisperConfig config = new WhisperConfig(8, 3, 2, 24, 80, 60);
    Window window = new Window(mode, 8);

    assertThat(EncoderWork.of(config, window, layer, samples).total())
        .isEqualTo(profiled(RandomEncoder.create(config, 3, 1), window, layer, samples));
  }

  @Test
  void whatIsNotThereCannotBeCounted() {
    assertThatThrownBy(() -> EncoderWork.of(TINY_EN, Window.padded(), 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected from 0 to 4 blocks and at least 1 sample, found 5 and 0");
  }

  /** Runs the graph, and counts from the shapes that ONNX Runtime's profiler saw. */
  private long profiled(RandomEncoder encoder, Window window, int layer, int samples)
      throws IOException, OrtException {
    GraphBuilder graph = new GraphBuilder("encoder");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (EncoderWeights weights = encoder.weights()) {
      EncoderGraph.Outputs outputs =
          EncoderGraph.append(
              graph,
              weights,
              window,
              new TreeSet<>(List.of(layer)),
              graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples"));
      graph.output("states", outputs.layer(layer), DataType.FLOAT, "batch", "frames", "width");
      graph.build().write(bytes);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.enableProfiling(folder.resolve("profile").toString());
      try (OrtSession session = environment.createSession(bytes.toByteArray(), options);
          OnnxTensor waveform =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.allocate(samples), new long[] {1, samples})) {
        session.run(Map.of(EncoderGraph.WAVEFORM, waveform)).close();
        return multiplyAdds(Path.of(session.endProfiling()));
      }
    }
  }

  private static long multiplyAdds(Path profile) throws IOException {
    Map<String, Long> byNode = new HashMap<>();
    for (JsonElement each : JsonParser.parseString(Files.readString(profile)).getAsJsonArray()) {
      JsonObject event = each.getAsJsonObject();
      if (event.get("name").getAsString().endsWith("_kernel_time")) {
        JsonObject node = event.getAsJsonObject("args");
        long[] first = shape(node, "input_type_shape", 0);
        byNode.put(
            event.get("name").getAsString(),
            switch (node.get("op_name").getAsString()) {
              case "MatMul", "FusedMatMul" -> size(node) * first[first.length - 1];
              // In channels and width of the kernel; the weight is the second input.
              case "Conv" -> {
                long[] weight = shape(node, "input_type_shape", 1);
                yield size(node) * weight[1] * weight[2];
              }
              case "MultiHeadAttention" -> 2 * size(node) * shape(node, "input_type_shape", 1)[1];
              default -> 0L;
            });
      }
    }
    return byNode.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many elements a node's first output has. */
  private static long size(JsonObject node) {
    long size = 1;
    for (long dimension : shape(node, "output_type_shape", 0)) {
      size *= dimension;
    }
    return size;
  }

  private static long[] shape(JsonObject node, String member, int index) {
    JsonArray typed = node.getAsJsonArray(member);
    if (typed.size() <= index) {
      return new long[] {0};
    }
    JsonArray shape =
        typed.get(index).getAsJsonObject().entrySet().iterator().next().getValue().getAsJsonArray();
    long[] dimensions = new long[shape.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.get(i).getAsLong();
    }
    return dimensions;
  }
}
