package dev.serenade.speed;

import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.LogLogChart;
import dev.serenade.evaluation.figure.Series;
import dev.serenade.whisper.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws how long each stage takes on clips of each length, done one at a time. */
public final class SpeedFigure {

  private SpeedFigure() {}

  /** Draws a result; of several sizes of batches the smallest, of several precisions the first. */
  public static Figure of(SpeedResult result) {
    int threads = result.settings().session().threads();
    Precision precision = result.settings().precisions().get(0);
    int batch = result.settings().batches().stream().mapToInt(b -> b).min().orElseThrow();
    List<StageShares> shares =
        result.shares().stream()
            .filter(one -> one.batch() == batch && one.precision() == precision)
            .sorted(Comparator.comparingDouble(StageShares::seconds))
            .toList();
    String title =
        "%s, %s: milliseconds for a clip, %d %s%s"
            .formatted(
                result.model(),
                precision.name().toLowerCase(Locale.ROOT),
                threads,
                threads == 1 ? "thread" : "threads",
                batch == 1 ? "" : ", %d clips at once".formatted(batch));
    return LogLogChart.of(
        "speed",
        title,
        "length of the clip, seconds",
        title,
        shares.stream().map(StageShares::seconds).toList(),
        List.of(
            series("file to scores", shares, StageShares::total),
            series("encoder blocks", shares, StageShares::blocks),
            series("front end", shares, StageShares::frontEnd),
            series("head", shares, StageShares::head),
            series("decode", shares, StageShares::decode)));
  }

  private static Series series(
      String name, List<StageShares> shares, ToDoubleFunction<StageShares> milliseconds) {
    return new Series(
        name,
        shares.stream()
            .map(milliseconds::applyAsDouble)
            // Where noise hid it altogether, there is nothing to draw.
            .map(value -> value > 0 ? value : Double.NaN)
            .toList());
  }
}
