package dev.serenade.training.experiment;

import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.evaluation.report.FoldResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A fold of two branches, such as audio and text, as one. The weight is chosen on the clips that
 * were held out from both; test clips are not touched.
 *
 * @param result the fused probabilities of the test clips
 * @param fusion how much each branch weighs
 */
public record FusedFold(FoldResult result, LateFusion fusion) {

  /**
   * Fuses two branches fold by fold.
   *
   * @param first and second: the same folds in the same order, over the same clips
   * @throws IllegalArgumentException if they are not, or nobody was held out in a fold
   */
  public static List<FusedFold> of(List<TestedFold> first, List<TestedFold> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "expected the same folds of both, found %d and %d"
              .formatted(first.size(), second.size()));
    }
    List<FusedFold> fused = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      fused.add(of(first.get(i), second.get(i)));
    }
    return fused;
  }

  private static FusedFold of(TestedFold first, TestedFold second) {
    String name = first.result().name();
    Predictions firstHeldOut = heldOut(name, first);
    Predictions secondHeldOut = heldOut(name, second);
    LateFusion fusion;
    Predictions heldOut;
    Predictions predictions;
    try {
      fusion = LateFusion.fit(firstHeldOut, secondHeldOut);
      heldOut = fusion.fuseCommon(firstHeldOut, secondHeldOut);
      predictions = fusion.fuse(first.result().predictions(), second.result().predictions());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("fold %s: %s".formatted(name, e.getMessage()), e);
    }
    return new FusedFold(
        new FoldResult(
            name,
            predictions,
            List.of(),
            OptionalInt.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(HeldOutSummary.thresholds(HeldOutSummary.of(heldOut)))),
        fusion);
  }

  private static Predictions heldOut(String name, TestedFold fold) {
    return fold.heldOut()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "fold %s: expected validation clips, on which the weight of the fusion is chosen, found none"
                        .formatted(name)));
  }
}
