package dev.serenade.evaluation.figure;

import java.util.List;

/**
 * What a {@link TimelineChart} shows.
 *
 * @param title what was heard
 * @param subtitle what came of it as a whole
 * @param seconds how long it is, above 0
 * @param emotions names, in the order of the scores
 * @param columns scores over time, in order; nothing is drawn where there are none
 * @param bars stretches of one emotion, in order
 * @param gaps stretches that could not be decoded, in order
 */
public record TimelinePicture(
    String title,
    String subtitle,
    double seconds,
    List<String> emotions,
    List<Column> columns,
    List<Bar> bars,
    List<Gap> gaps) {

  /**
   * The scores of a stretch.
   *
   * @param scores one for each emotion, which sum to 1; empty where nobody speaks
   */
  public record Column(double startSeconds, double endSeconds, List<Double> scores) {

    /** Copies the list. */
    public Column {
      scores = List.copyOf(scores);
    }
  }

  /**
   * A stretch of one emotion.
   *
   * @param emotion its number in the list of names; -1 if the model is not sure
   * @param name what stands on the bar, if there is room
   * @param tip what it is, shown when pointed at
   */
  public record Bar(double startSeconds, double endSeconds, int emotion, String name, String tip) {}

  /**
   * A stretch that could not be decoded.
   *
   * @param tip what is wrong there, shown when pointed at
   */
  public record Gap(double startSeconds, double endSeconds, String tip) {}

  /** Copies the lists. */
  public TimelinePicture {
    emotions = List.copyOf(emotions);
    columns = List.copyOf(columns);
    bars = List.copyOf(bars);
    gaps = List.copyOf(gaps);
    if (!(seconds > 0)) {
      throw new IllegalArgumentException(
          "%s: expected a timeline of more than 0 s, found %s s".formatted(title, seconds));
    }
    int expected = emotions.size();
    for (Column column : columns) {
      if (!column.scores().isEmpty() && column.scores().size() != expected) {
        throw new IllegalArgumentException(
            "%s: expected scores of %d emotions, found %d at %s s"
                .formatted(title, expected, column.scores().size(), column.startSeconds()));
      }
    }
  }
}
