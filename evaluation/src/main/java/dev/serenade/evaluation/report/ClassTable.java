package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import java.util.ArrayList;
import java.util.List;

/** How well a run recognises each class: a row for each, in percent. */
public final class ClassTable {

  private ClassTable() {}

  /**
   * Makes the table.
   *
   * @param title what stands above it
   * @param clips how the column is headed that counts them
   */
  public static Table of(RunSummary summary, String title, String clips) {
    ConfusionMatrix confusion = summary.confusion();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < confusion.classes().size(); i++) {
      rows.add(
          List.of(
              confusion.classes().get(i),
              Percent.of(confusion.recall(i)),
              Percent.of(summary.recallIntervals().get(i)),
              Percent.of(confusion.precision(i)),
              Percent.of(confusion.f1(i)),
              Long.toString(confusion.support(i))));
    }
    return new Table(
        title, List.of("class", "recall", "95 % interval", "precision", "F1", clips), rows);
  }
}
