package dev.serenade.whisper;

import dev.serenade.whisper.EncoderGraph.Heard;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.FloatTensor;

/**
 * The silence memory as part of a graph: keys and values that a clip's frames may attend to besides
 * their own.
 *
 * <pre>{@code
 * u   = clamp((floor - first) / step, 0, levels - 1)     floor: what the clip's silence looks like
 * a_l = max(0, 1 - |u - l|)                              linear interpolation between two levels
 * K_j = sum_l a_l K_l,j,  V_j = sum_l a_l V_l,j          for each cell j of the memory
 * w_j = max(0, end_j - max(start_j, T))                  its frames that are not computed
 * context_t = (sum_s exp(q_t . k_s) v_s + sum_j w_j exp(q_t . K_j) V_j)
 *           / (sum_s exp(q_t . k_s)     + sum_j w_j exp(q_t . K_j))
 * }</pre>
 *
 * <p>with q scaled by 1 / sqrt(head width), s over the T frames that are computed, of which the
 * last are silence as well. log w_j is added to the scores: minus infinity where nothing is left.
 */
final class RememberedSilence {

  private final GraphBuilder graph;
  private final SilenceMemory memory;
  private final GraphValue frames;
  private final GraphValue levelWeights;

  /**
   * Prepares the memory for a batch.
   *
   * @param logMel shape (B, melBands, F); where any frame is not computed, its last frame is
   *     silence
   * @param frames T, of shape (1)
   */
  RememberedSilence(
      GraphBuilder graph, SilenceMemory memory, GraphValue logMel, GraphValue frames) {
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

  /** Returns what a block hears of the clip, and behind it what it remembers. */
  Heard behind(int block, Heard own) {
    SilenceMemory.Block silence = memory.block(block);
    String name = "silence." + block;
    return new Heard(
        graph.concat(1, own.keys(), interpolated(name + ".keys", silence.keys())),
        graph.concat(1, own.values(), interpolated(name + ".values", silence.values())));
  }

  /** From (levels, P, D) to (B, P, D). */
  private GraphValue interpolated(String name, FloatTensor byLevel) {
    long[] shape = byLevel.shape();
    FloatTensor flat = FloatTensor.wrap(byLevel.values(), shape[0], shape[1] * shape[2]);
    GraphValue mixed = graph.matMul(levelWeights, graph.weight(name, flat));
    return graph.reshape(mixed, 0, shape[1], shape[2]);
  }

  /** Returns what is added to a block's scores, shape (1, 1, T, T + P). */
  GraphValue logWeights(int block) {
    SilenceMemory.Block silence = memory.block(block);
    int cells = silence.cells();
    float[] starts = new float[cells];
    float[] ends = new float[cells];
    for (int cell = 0; cell < cells; cell++) {
      starts[cell] = silence.start(cell);
      ends[cell] = silence.end(cell);
    }
    GraphValue from =
        graph
            .node("Max")
            .inputs(
                graph.constant(FloatTensor.of(starts, cells)), graph.cast(frames, DataType.FLOAT))
            .output();
    GraphValue left =
        graph
            .node("Max")
            .inputs(
                graph.subtract(graph.constant(FloatTensor.of(ends, cells)), from), graph.scalar(0))
            .output();
    GraphValue own =
        graph
            .node("Expand")
            .inputs(graph.constant(FloatTensor.of(new float[1], 1)), frames)
            .output();
    GraphValue row = graph.concat(0, own, graph.node("Log").inputs(left).output());
    GraphValue shape =
        graph.concat(0, graph.integers(1, 1), frames, graph.add(frames, graph.integers(cells)));
    return graph.node("Expand").inputs(row, shape).output();
  }
}
