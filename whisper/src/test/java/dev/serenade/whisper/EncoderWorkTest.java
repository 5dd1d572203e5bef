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

  private static EncoderWork work(Window window, int lastLayer, int samples) throws IOException {
    // Nothing but the shape is looked at.
    try (EncoderWeights weights = RandomEncoder.create(TINY_EN, 0, 1).weights()) {
      return EncoderWork.of(weights, window, lastLayer, EncoderVariant.EXACT, samples);
    }
  }

  @Test
  void threeSecondsOfTinyWorkedByHand() throws IOException {
    // 3 s are 150 frames, 152 on the grid: 304 Mel frames, 308 spectra.
    EncoderWork work = work(Window.adaptive(), 4, 48_000);

    // Cosines 308 * 200 * 201, sines 308 * 199 * 201 and Mel 308 * 201 * 80.
    assertThat(work.frontEnd()).isEqualTo(12_381_600L + 12_319_692L + 4_952_640L);
    // 304 frames of 3 * 80 * 384, 152 of 3 * 384 * 384.
    assertThat(work.convolutions()).isEqualTo(28_016_640L + 67_239_936L);
    // A block: 4 * 384^2 * 152, 2 * 384 * 1536 * 152 and 2 * 384 * 152^2.
    assertThat(work.blocks()).isEqualTo(4 * (89_653_248L + 179_306_496L + 17_743_872L));
    assertThat(work.total()).isEqualTo(124_910_508L + 1_146_814_464L);
    assertThat(work.gigaflops()).isEqualTo(2.5434499440000002);
  }

  @Test
  void paddingMakesEveryClipAsMuchWorkAsThirtySeconds() throws IOException {
    assertThat(work(Window.padded(), 4, 16_000))
        .isEqualTo(work(Window.padded(), 4, 480_000))
        .isEqualTo(work(Window.adaptive(), 4, 480_000));
  }

  /** Whoever changes the graph without the count, or the other way round, hears of it here. */
  @ParameterizedTest
  @CsvSource({
    "PADDED, 9000, 3, 0, 1",
    "ADAPTIVE, 9000, 3, 0, 1",
    "ADAPTIVE, 9000, 1, 0, 1",
    "ADAPTIVE, 9000, 0, 0, 1",
    "ADAPTIVE, 19200, 3, 0, 1",
    "ADAPTIVE, 9000, 3, 1, 2",
    "ADAPTIVE, 9000, 3, 0, 4",
    "ADAPTIVE, 9000, 2, 2, 2",
    "MEMORY, 9000, 3, 0, 1",
    "MEMORY, 9000, 2, 0, 1",
    "MEMORY, 9000, 3, 2, 4",
    "MEMORY, 1, 3, 0, 1",
    "MEMORY, 19200, 3, 0, 1"
  })
  void equalsWhatTheRunningGraphDoes(
      Window.Mode mode, int samples, int layer, int mergedAfter, int factor)
      throws IOException, OrtException {
    EncoderVariant variant =
        new EncoderVariant(Precision.FP32, new FrameMerging(mergedAfter, factor));
    Window window = new Window(mode, 8);
    try (EncoderWeights weights =
        RandomEncoder.create(new WhisperConfig(8, 3, 2, 24, 80, 60), 3, 1).weights()) {
      assertThat(EncoderWork.of(weights, window, layer, variant, samples).total())
          .isEqualTo(profiled(weights, window, layer, variant, samples));
    }
  }

  @Test
  void whatIsNotThereCannotBeCounted() {
    assertThatThrownBy(() -> work(Window.padded(), 5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a layer from 0 to 4 and at least 1 sample, found 5 and 0");
  }

  /** Runs the graph, and counts from the shapes that ONNX Runtime's profiler saw. */
  private long profiled(
      EncoderWeights weights, Window window, int layer, EncoderVariant variant, int samples)
      throws IOException, OrtException {
    GraphBuilder graph = new GraphBuilder("encoder");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EncoderGraph.Outputs outputs =
        EncoderGraph.append(
            graph,
            weights,
            window,
            new TreeSet<>(List.of(layer)),
            variant,
            graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples"));
    graph.output("states", outputs.layer(layer), DataType.FLOAT, "batch", "frames", "width");
    graph.build().write(bytes);
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
