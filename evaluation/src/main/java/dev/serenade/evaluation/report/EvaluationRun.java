package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.figure.AttentionTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a report is made of, as plain values.
 *
 * @param title what was evaluated, such as {@code "emodb, whisper-base, qkv"}
 * @param protocol how it was split, such as {@code "leave-one-speaker-out"}
 * @param caveats what a reader must know before any number, such as that train and test share
 *     speakers; the report's first lines. For the protocol {@value #AS_RELEASED}, and those whose
 *     name begins so and goes on with a colon, one is added.
 * @param folds at least one, over the same classes
 * @param provenance what made the numbers: version, corpus and manifest hash, settings, encoder
 *     hash, time; shown in this order
 * @param seed of the intervals' resampling
 * @param explanation how faithful the model's explanations are, if that was tested
 * @param benchmark whose rules the run follows, if any
 */
public record EvaluationRun(
    String title,
    String protocol,
    List<String> caveats,
    List<FoldResult> folds,
    Map<String, String> provenance,
    long seed,
    Optional<ExplanationTest> explanation,
    Benchmark benchmark) {

  /** The protocol that does what the paper's released code does. */
  public static final String AS_RELEASED = "as-released";

  private static final String AS_RELEASED_CAVEAT =
      "Protocol as-released: as in the paper's released code, the epoch was chosen on the test fold"
          + " and dropout was on during the test, so these numbers are no estimate of accuracy on new"
          + " speakers.";

  public EvaluationRun {
    List<String> all = new ArrayList<>(caveats);
    if (isAsReleased(protocol) && !all.contains(AS_RELEASED_CAVEAT)) {
      all.add(0, AS_RELEASED_CAVEAT);
    }
    caveats = List.copyOf(all);
    folds = List.copyOf(folds);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    List<String> names = folds.stream().map(FoldResult::name).toList();
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "%s: expected at least one fold, each once, found %s".formatted(title, names));
    }
  }

  /** Makes a run whose explanations were not tested and that follows no benchmark. */
  public EvaluationRun(
      String title,
      String protocol,
      List<String> caveats,
      List<FoldResult> folds,
      Map<String, String> provenance,
      long seed) {
    this(title, protocol, caveats, folds, provenance, seed, Optional.empty(), Benchmark.NONE);
  }

  /** Returns this run with a test of its explanations. */
  public EvaluationRun explained(ExplanationTest test) {
    return new EvaluationRun(
        title, protocol, caveats, folds, provenance, seed, Optional.of(test), benchmark);
  }

  /** Returns this run beside a benchmark. */
  public EvaluationRun with(Benchmark other) {
    return new EvaluationRun(title, protocol, caveats, folds, provenance, seed, explanation, other);
  }

  /** Returns the clips of all folds to show attention for, in order. */
  List<AttentionTrace> attention() {
    return folds.stream().flatMap(fold -> fold.attention().stream()).toList();
  }

  private static boolean isAsReleased(String protocol) {
    return protocol.equals(AS_RELEASED) || protocol.startsWith(AS_RELEASED + ":");
  }

  /** Returns whether the epoch was chosen on the test fold. */
  boolean isAsReleased() {
    return isAsReleased(protocol);
  }

  /**
   * Returns a word to stand beside every number and figure that must not be taken for an estimate
   * of accuracy: {@value #AS_RELEASED}, or nothing.
   */
  public String label() {
    return isAsReleased() ? AS_RELEASED : "";
  }

  /** Returns a title with the label, if there is one. */
  String labelled(String title) {
    return isAsReleased() ? title + ", " + AS_RELEASED : title;
  }

  /** Returns the predictions of all folds, in order. */
  public Predictions predictions() {
    return Predictions.concat(folds.stream().map(FoldResult::predictions).toList());
  }
}
