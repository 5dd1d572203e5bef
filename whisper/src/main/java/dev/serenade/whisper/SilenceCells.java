package dev.serenade.whisper;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides the frames of a window into cells of neighbours that resemble each other, so that one
 * frame may stand for each.
 *
 * <p>Ward's method along the time axis: beginning with a cell for each frame, the two neighbours
 * are joined whose joining adds the least to the sum of squared distances from cell means,
 *
 * <pre>{@code
 * cost(a, b) = n_a n_b / (n_a + n_b) |mean_a - mean_b|^2
 * }</pre>
 *
 * <p>until few enough are left. Frames that are like no other, such as the attention sinks that
 * real encoders make of certain positions, so keep a cell of their own, and long monotonous
 * stretches share one.
 *
 * <p>After J. H. Ward, "Hierarchical grouping to optimize an objective function", Journal of the
 * American Statistical Association 58, 1963, doi:10.1080/01621459.1963.10500845.
 */
final class SilenceCells {

  private static final class Cell {

    private final int start;
    private final int frames;
    private final float[] mean;

    Cell(int start, int frames, float[] mean) {
      this.start = start;
      this.frames = frames;
      this.mean = mean;
    }

    double costOfJoining(Cell next) {
      double distance = 0;
      for (int i = 0; i < mean.length; i++) {
        double difference = mean[i] - next.mean[i];
        distance += difference * difference;
      }
      return distance * frames * next.frames / (frames + next.frames);
    }

    Cell join(Cell next) {
      int together = frames + next.frames;
      float[] joined = new float[mean.length];
      for (int i = 0; i < mean.length; i++) {
        joined[i] = (mean[i] * frames + next.mean[i] * next.frames) / together;
      }
      return new Cell(start, together, joined);
    }
  }

  private SilenceCells() {}

  /**
   * Returns where each cell starts, ascending from 0.
   *
   * @param frames features of each frame, all equally long
   * @param most how many cells there may be; at least 1
   */
  static int[] starts(List<float[]> frames, int most) {
    List<Cell> cells = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    for (int t = 0; t < frames.size(); t++) {
      cells.add(new Cell(t, 1, frames.get(t)));
      if (t > 0) {
        costs.add(cells.get(t - 1).costOfJoining(cells.get(t)));
      }
    }
    while (cells.size() > most) {
      int cheapest = indexOfLeast(costs);
      cells.set(cheapest, cells.get(cheapest).join(cells.remove(cheapest + 1)));
      costs.remove(cheapest);
      if (cheapest < costs.size()) {
        costs.set(cheapest, cells.get(cheapest).costOfJoining(cells.get(cheapest + 1)));
      }
      if (cheapest > 0) {
        costs.set(cheapest - 1, cells.get(cheapest - 1).costOfJoining(cells.get(cheapest)));
      }
    }
    return cells.stream().mapToInt(cell -> cell.start).toArray();
  }

  private static int indexOfLeast(List<Double> costs) {
    int least = 0;
    for (int i = 1; i < costs.size(); i++) {
      if (costs.get(i) < costs.get(least)) {
        least = i;
      }
    }
    return least;
  }
}
