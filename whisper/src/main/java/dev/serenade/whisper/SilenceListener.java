package dev.serenade.whisper;

import dev.serenade.whisper.EncoderBlocks.Heard;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.StoredTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets an encoder listen to silence, and thins what it heard to a {@link SilenceMemory}.
 *
 * <p>Silence after speech is heard otherwise than silence alone, since from block 2 on its frames
 * have attended to the speech: keys differ by a quarter, values by half, and for the most part in
 * the same way whatever was said (cosine between clips 0.7 to 0.9). So the window begins with
 * {@link StandInSpeech}, and what is heard in its place comes from a second window where it stands
 * later. Error after blocks 3 to 6 of base with silence alone: 0.055 0.22 0.23 0.135; so: 0.039
 * 0.11 0.16 0.10.
 */
final class SilenceListener {

  /**
   * How much more values weigh than keys when cells are formed. Error after block 4 of base with
   * 1/2, 1 and 2: 0.60, 0.33, 0.26.
   */
  private static final float VALUES_TO_KEYS = 2;

  /** Cells are those of -1.1, which serve the other levels as well as cells of all levels would. */
  private static final int LEVEL_OF_CELLS = 1;

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
      graph.output(keysOf(block), own.keys(), DataType.FLOAT, "1", "frames", "width");
      graph.output(valuesOf(block), own.values(), DataType.FLOAT, "1", "frames", "width");
    }
    try (GraphSession session = graph.build().open(settings)) {
      List<Thinned> blocks = new ArrayList<>();
      Listening typical = new Listening(session, LEVEL_OF_CELLS, config);
      for (int block = 1; block <= count; block++) {
        blocks.add(new Thinned(typical.heard(keysOf(block)), typical.heard(valuesOf(block))));
      }
      for (int level = 0; level < SilenceMemory.levels(); level++) {
        // One level at a time: what a large encoder hears fills a gigabyte.
        Listening listening = new Listening(session, level, config);
        for (int block = 1; block <= count; block++) {
          blocks
              .get(block - 1)
              .add(listening.heard(keysOf(block)), listening.heard(valuesOf(block)));
        }
      }
      return new SilenceMemory(blocks.stream().map(Thinned::block).toList());
    }
  }

  private static String keysOf(int block) {
    return "keys." + block;
  }

  private static String valuesOf(int block) {
    return "values." + block;
  }

  /** How many frames of a window of 30 s are speech: those of a clip of 3 s. */
  private static int speechFrames(WhisperConfig config) {
    return config.positions() / 10;
  }

  /** Where the speech of the second window starts; its convolutions reach a frame further. */
  private static int startOfLateSpeech(WhisperConfig config) {
    return speechFrames(config) + 2;
  }

  /**
   * Returns a window of silence with some speech, shape (1, melBands, 2 positions).
   *
   * @param floor the log-Mel value of silence
   * @param late whether the speech leaves its first place free
   */
  static FloatTensor window(float floor, WhisperConfig config, boolean late) {
    int bands = config.melBands();
    int speech = 2 * speechFrames(config);
    int start = late ? 2 * startOfLateSpeech(config) : 0;
    FloatBuffer values = FloatTensor.allocate(bands, 2L * config.positions());
    for (int band = 0; band < bands; band++) {
      for (int frame = 0; frame < 2 * config.positions(); frame++) {
        boolean spoken = frame >= start && frame < start + speech;
        values.put(spoken ? floor + StandInSpeech.aboveFloor(band, bands, frame - start) : floor);
      }
    }
    return FloatTensor.wrap(values.rewind(), 1, bands, 2L * config.positions());
  }

  /** What is heard at one level: in silence after speech, and for its own place before it. */
  private static final class Listening {

    private final GraphOutputs after;
    private final GraphOutputs before;
    private final int framesBefore;

    Listening(GraphSession session, int level, WhisperConfig config) {
      float floor = SilenceMemory.level(level);
      this.after = run(session, window(floor, config, false));
      this.before = run(session, window(floor, config, true));
      this.framesBefore = startOfLateSpeech(config) - 1;
    }

    private static GraphOutputs run(GraphSession session, FloatTensor logMel) {
      return session.run(Map.of(LOG_MEL, logMel), Map.of(), session.outputNames());
    }

    /** Shape (1, positions, D). */
    FloatTensor heard(String name) {
      FloatTensor late = after.get(name);
      float[] all = late.toArray();
      before.get(name).values().get(all, 0, framesBefore * (int) late.shape()[2]);
      return FloatTensor.of(all, late.shape());
    }
  }

  /** One frame of each cell of one block, level after level. */
  private static final class Thinned {

    private final int positions;
    private final int width;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> middles = new ArrayList<>();
    private final FloatBuffer keys;
    private final FloatBuffer values;

    /** Chooses the frames by what was heard at one level, both of shape (1, positions, D). */
    Thinned(FloatTensor typicalKeys, FloatTensor typicalValues) {
      positions = (int) typicalKeys.shape()[1];
      width = (int) typicalKeys.shape()[2];
      int[] cells = SilenceCells.starts(features(typicalKeys, typicalValues), SilenceMemory.CELLS);
      for (int cell = 0; cell < cells.length; cell++) {
        int end = cell + 1 < cells.length ? cells[cell + 1] : positions;
        starts.add(cells[cell]);
        middles.add((cells[cell] + end - 1) / 2);
      }
      keys = FloatTensor.allocate(SilenceMemory.levels(), cells.length, width);
      values = FloatTensor.allocate(SilenceMemory.levels(), cells.length, width);
    }

    /** Keys and values of each frame, of unit deviation but for their weight. */
    private List<float[]> features(FloatTensor typicalKeys, FloatTensor typicalValues) {
      float keyScale = 1 / deviation(typicalKeys);
      float valueScale = VALUES_TO_KEYS / deviation(typicalValues);
      List<float[]> features = new ArrayList<>();
      for (int t = 0; t < positions; t++) {
        float[] frame = new float[2 * width];
        for (int d = 0; d < width; d++) {
          frame[d] = keyScale * typicalKeys.get(t * width + d);
          frame[width + d] = valueScale * typicalValues.get(t * width + d);
        }
        features.add(frame);
      }
      return features;
    }

    /** Adds the next level. */
    void add(FloatTensor allKeys, FloatTensor allValues) {
      for (int frame : middles) {
        for (int d = 0; d < width; d++) {
          keys.put(asStored(allKeys.get(frame * width + d)));
          values.put(asStored(allValues.get(frame * width + d)));
        }
      }
    }

    SilenceMemory.Block block() {
      int levels = SilenceMemory.levels();
      return new SilenceMemory.Block(
          starts,
          positions,
          StoredTensor.of(FloatTensor.wrap(keys.rewind(), levels, starts.size(), width)),
          StoredTensor.of(FloatTensor.wrap(values.rewind(), levels, starts.size(), width)));
    }
  }

  /** Rounded to float16, so that a memory that was stored is the same. */
  private static float asStored(float value) {
    return Float16.toFloat(Float16.fromFloat(value));
  }

  private static float deviation(FloatTensor tensor) {
    double sum = 0;
    double squares = 0;
    for (float value : tensor.toArray()) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / tensor.size();
    return (float) Math.sqrt(squares / tensor.size() - mean * mean);
  }
}
