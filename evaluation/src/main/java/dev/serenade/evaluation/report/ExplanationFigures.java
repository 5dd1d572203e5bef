package dev.serenade.evaluation.report;

import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.Faithfulness;
import dev.serenade.evaluation.explanation.RemovalCurve;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.LineChart;
import dev.serenade.evaluation.figure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The figures of a test of explanations. */
final class ExplanationFigures {

  private ExplanationFigures() {}

  static List<Figure> of(EvaluationRun run, ExplanationTest test) {
    return List.of(
        figure(
            "deletion",
            run.labelled("Deletion: the lower, the better explained"),
            "taken away, % of the clip",
            run,
            test,
            Faithfulness::deletion,
            UnaryOperator.identity()),
        figure(
            "insertion",
            run.labelled("Insertion: the higher, the better explained"),
            "put back, % of the clip",
            run,
            test,
            Faithfulness::insertion,
            RemovalCurve::backwards));
  }

  private static Figure figure(
      String name,
      String title,
      String xName,
      EvaluationRun run,
      ExplanationTest test,
      Function<Faithfulness, RemovalCurve> curve,
      UnaryOperator<RemovalCurve> random) {
    List<LineChart.Bundle> bundles = new ArrayList<>();
    for (Faithfulness one : test.faithfulness(run.seed())) {
      bundles.add(new LineChart.Bundle(series(one.explanation(), curve.apply(one))));
    }
    bundles.add(
        new LineChart.Bundle(
            series("random", random.apply(test.meanOfRandom())),
            test.random().stream().map(one -> series("random", random.apply(one))).toList()));
    double step = 100.0 / (test.meanOfRandom().scores().size() - 1);
    return LineChart.of(name, title, xName, "score, %", bundles, 0, step);
  }

  private static Series series(String name, RemovalCurve curve) {
    return new Series(name, curve.scores().stream().map(score -> 100 * score).toList());
  }
}
