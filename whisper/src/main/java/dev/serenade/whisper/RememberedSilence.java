package dev.serenade.whisper;

import dev.serenade.whisper.EncoderBlocks.Heard;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.StoredTensor;
import java.util.List;

/**
 * The silence memory as part of a graph: keys and values that a clip's frames may attend to besides
 * their own.
 *
 * <pre>{@code
 * u   = clamp((floor - first) / step, 0, levels - 1)     floor: what the clip's silence looks like
 * a_l = max(0, 1 - |u - l|)                              linear interpolation between two levels
 * K_j = sum_l a_l K_l,j,  V_j = sum_l a_l V_l,j          for each cell j of the memory
 * w_j = end_j - max(start_j, T)                          its frames that are not computed; j with any
 * context_t = (sum_s exp(q_t . k_s) v_s + sum_j w_j exp(q_t . K_j) V_j)
 *           / (sum_s exp(q_t . k_s)     + sum_j w_j exp(q_t . K_j))
 * }</pre>
 *
 * <p>with q scaled by 1 / sqrt(head width), s over the T frames that are computed, of which the
 * last are silence as well. log w_j is added to the scores.
 */
final class RememberedSilence {

  private final GraphBuilder graph;
  private final SilenceMemory memory;
  private final GraphValue frames;
  private final GraphValue levelWeights;
  private final DataType type;

  /**
   * Prepares the memory for a batch.
   *
   * @param logMel shape (B, melBands, F); where any frame is not computed, its last frame is
   *     silence
   * @param frames T, of shape (1)
   * @param type of keys, values and scores
   */
  RememberedSilence(
      GraphBuilder graph,
      SilenceMemory memory,
      GraphValue logMel,
      GraphValue frames,
      DataType type) {
    this.type = type;
    this.graph = graph;
    this.memory = memory;
    this.frames = frames;
    this.levelWeights = levelWeights(logMel);
  }

  /** Shape (B, levels). */
  private GraphValue levelWeights(GraphValue logMel) {
    GraphValue lowestBand = graph.slice(logMel, graph.integers(0), graph.integers(1), 1);
    GraphValue floor =
        graph.squeeze(
            graph.slice(lowestBand, graph.integers(-1), graph.integers(Long.MAX_VALUE), 2), 2);
    int levels = SilenceMemory.levels();
    GraphValue steps =
        graph.divide(
            graph.subtract(floor, graph.scalar(SilenceMemory.level(0))),
            graph.scalar(SilenceMemory.level(1) - SilenceMemory.level(0)));
    GraphValue inside =
        graph.node("Clip").inputs(steps, graph.scalar(0), graph.scalar(levels - 1f)).output();
    float[] numbers = new float[levels];
    for (int level = 0; level < levels; level++) {
      numbers[level] = level;
    }
    GraphValue distance =
        graph
            .node("Abs")
            .inputs(graph.subtract(inside, graph.constant(FloatTensor.of(numbers, 1, levels))))
            .output();
    return graph
        .node("Max")
        .inputs(graph.subtract(graph.scalar(1), distance), graph.scalar(0))
        .output();
  }

  /** Whether there is anything to remember: not for a clip of the whole window. */
  GraphValue isLeft() {
    return graph.node("Less").inputs(frames, graph.integers(memory.block(1).positions())).output();
  }

  /**
   * What a block hears of a clip and remembers behind it.
   *
   * @param heard keys and values, shape (B, S + P', D)
   * @param logWeights added to the scores, shape (1, 1, S, S + P')
   */
  record WithMemory(Heard heard, GraphValue logWeights) {}

  /**
   * Puts what a block remembers behind what it hears of the clip. Of the P cells it remembers, the
   * P' are left of which some frame is not computed.
   *
   * @param own keys and values of S = T / framesPerState states
   * @param framesPerState how many frames a state stands for, and counts for
   */
  WithMemory behind(int block, Heard own, int framesPerState) {
    SilenceMemory.Block silence = memory.block(block);
    GraphValue passed = cellsPassed(silence);
    String name = "silence." + block;
    Heard all =
        new Heard(
            graph.concat(
                1, own.keys(), after(passed, interpolated(name + ".keys", silence.keys()), 1)),
            graph.concat(
                1,
                own.values(),
                after(passed, interpolated(name + ".values", silence.values()), 1)));
    return new WithMemory(all, logWeights(silence, passed, framesPerState));
  }

  private GraphValue after(GraphValue passed, GraphValue cells, long axis) {
    return graph.slice(cells, passed, graph.integers(Long.MAX_VALUE), axis);
  }

  /** How many cells lie wholly among the frames that are computed; shape (1). */
  private GraphValue cellsPassed(SilenceMemory.Block silence) {
    GraphValue passed =
        graph
            .node("LessOrEqual")
            .inputs(graph.constant(ends(silence)), graph.cast(frames, DataType.FLOAT))
            .output();
    return graph.reduceSum(graph.cast(passed, DataType.INT64), 0);
  }

  private static FloatTensor ends(SilenceMemory.Block silence) {
    float[] ends = new float[silence.cells()];
    for (int cell = 0; cell < ends.length; cell++) {
      ends[cell] = silence.end(cell);
    }
    return FloatTensor.of(ends, ends.length);
  }

  /** From (levels, P, D) to (B, P, D). */
  private GraphValue interpolated(String name, StoredTensor byLevel) {
    long cells = byLevel.shape().get(1);
    long width = byLevel.shape().get(2);
    StoredTensor flat =
        new StoredTensor(
            byLevel.type(), List.of(byLevel.shape().get(0), cells * width), byLevel.bytes());
    GraphValue mixed =
        graph.reshape(graph.matMul(levelWeights, graph.weight(name, flat)), 0, cells, width);
    return type == DataType.FLOAT ? mixed : graph.cast(mixed, type);
  }

  private GraphValue logWeights(
      SilenceMemory.Block silence, GraphValue passed, int framesPerState) {
    int cells = silence.cells();
    float[] starts = new float[cells];
    for (int cell = 0; cell < cells; cell++) {
      starts[cell] = silence.start(cell);
    }
    GraphValue from =
        graph
            .node("Max")
            .inputs(
                graph.constant(FloatTensor.of(starts, cells)), graph.cast(frames, DataType.FLOAT))
            .output();
    GraphValue framesLeft = after(passed, graph.subtract(graph.constant(ends(silence)), from), 0);
    GraphValue states =
        framesPerState == 1 ? frames : graph.divide(frames, graph.integers(framesPerState));
    float logFrames = (float) Math.log(framesPerState);
    GraphValue own =
        graph
            .node("Expand")
            .inputs(graph.constant(FloatTensor.of(new float[] {logFrames}, 1)), states)
            .output();
    GraphValue row = graph.concat(0, own, graph.node("Log").inputs(framesLeft).output());
    GraphValue shape = graph.concat(0, graph.integers(1, 1), states, graph.dimension(row, 0));
    GraphValue weights = graph.node("Expand").inputs(row, shape).output();
    return type == DataType.FLOAT ? weights : graph.cast(weights, type);
  }
}
