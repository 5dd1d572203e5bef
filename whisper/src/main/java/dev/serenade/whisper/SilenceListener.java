package dev.serenade.whisper;

import dev.serenade.whisper.EncoderGraph.Heard;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets an encoder listen to silence, and thins what it heard to a {@link SilenceMemory}. */
final class SilenceListener {

  /** How much more values weigh than keys when cells are formed; found by trial on base. */
  private static final float VALUES_TO_KEYS = 2;

  private static final String LOG_MEL = "log_mel";

  private SilenceListener() {}

  /**
   * Listens to silence: one run of the padded encoder for each level.
   *
   * @param count how many blocks to remember, at least 1
   * @throws IOException if a weight cannot be read
   */
  static SilenceMemory listen(EncoderWeights weights, int count, SessionSettings settings)
      throws IOException {
    WhisperConfig config = weights.config();
    GraphBuilder graph = new GraphBuilder("whisper-silence");
    List<Heard> heard =
        EncoderGraph.appendWhatIsHeard(
            graph,
            weights,
            count,
            graph.input(LOG_MEL, DataType.FLOAT, "1", "mel_bands", "mel_frames"));
    for (int block = 1; block <= count; block++) {
      Heard own = heard.get(block - 1);
      graph.output("keys." + block, own.keys(), DataType.FLOAT, "1", "frames", "width");
      graph.output("values." + block, own.values(), DataType.FLOAT, "1", "frames", "width");
    }
    List<GraphOutputs> byLevel = new ArrayList<>();
    try (GraphSession session = graph.build().open(settings)) {
      for (int level = 0; level < SilenceMemory.levels(); level++) {
        FloatTensor silence = silence(SilenceMemory.level(level), config);
        byLevel.add(session.run(Map.of(LOG_MEL, silence), Map.of(), session.outputNames()));
      }
    }
    List<SilenceMemory.Block> blocks = new ArrayList<>();
    for (int block = 1; block <= count; block++) {
      String keys = "keys." + block;
      String values = "values." + block;
      blocks.add(
          thinned(
              byLevel.stream().map(outputs -> outputs.get(keys)).toList(),
              byLevel.stream().map(outputs -> outputs.get(values)).toList(),
              config));
    }
    return new SilenceMemory(blocks);
  }

  private static FloatTensor silence(float level, WhisperConfig config) {
    FloatBuffer values = FloatTensor.allocate(config.melBands(), 2L * config.positions());
    while (values.hasRemaining()) {
      values.put(level);
    }
    return FloatTensor.wrap(values.rewind(), 1, config.melBands(), 2L * config.positions());
  }

  /** Takes one frame of each cell from what was heard at each level. */
  private static SilenceMemory.Block thinned(
      List<FloatTensor> keys, List<FloatTensor> values, WhisperConfig config) {
    int[] starts = SilenceCells.starts(features(keys, values, config), SilenceMemory.CELLS);
    List<Integer> middles = new ArrayList<>();
    List<Integer> list = new ArrayList<>();
    for (int cell = 0; cell < starts.length; cell++) {
      int end = cell + 1 < starts.length ? starts[cell + 1] : config.positions();
      list.add(starts[cell]);
      middles.add((starts[cell] + end - 1) / 2);
    }
    return new SilenceMemory.Block(
        list,
        config.positions(),
        frames(keys, middles, config.width()),
        frames(values, middles, config.width()));
  }

  /** Keys and values of a frame at all levels, each of unit deviation but for their weight. */
  private static List<float[]> features(
      List<FloatTensor> keys, List<FloatTensor> values, WhisperConfig config) {
    int width = config.width();
    List<float[]> features = new ArrayList<>();
    for (int t = 0; t < config.positions(); t++) {
      features.add(new float[2 * width * SilenceMemory.levels()]);
    }
    for (int level = 0; level < SilenceMemory.levels(); level++) {
      put(features, 2 * level * width, keys.get(level), 1, width);
      put(features, (2 * level + 1) * width, values.get(level), VALUES_TO_KEYS, width);
    }
    return features;
  }

  private static void put(
      List<float[]> features, int offset, FloatTensor source, float weight, int width) {
    float[] all = source.toArray();
    double sum = 0;
    double squares = 0;
    for (float value : all) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / all.length;
    float scale = (float) (weight / Math.sqrt(squares / all.length - mean * mean));
    for (int i = 0; i < all.length; i++) {
      features.get(i / width)[offset + i % width] = all[i] * scale;
    }
  }

  /** Rounded to float16, as they are stored, so that a stored memory is the same. */
  private static FloatTensor frames(List<FloatTensor> byLevel, List<Integer> chosen, int width) {
    FloatBuffer kept = FloatTensor.allocate(byLevel.size(), chosen.size(), width);
    for (FloatTensor all : byLevel) {
      for (int frame : chosen) {
        for (int d = 0; d < width; d++) {
          kept.put(Float16.toFloat(Float16.fromFloat(all.get(frame * width + d))));
        }
      }
    }
    return FloatTensor.wrap(kept.rewind(), byLevel.size(), chosen.size(), width);
  }
}
