package dev.serenade.training.experiment;

import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.FoldResult;
import java.util.Optional;

/**
 * A fold whose head was trained and tested.
 *
 * @param result what it said of the test clips
 * @param heldOut what heads said of clips that were held out from them, calibrated as the test
 *     clips are: the validation clips, or, with calibration folds and for linear heads, all clips
 *     that are not tested, each by a head that does not know its speaker; empty if nobody was held
 *     out
 */
public record TestedFold(FoldResult result, Optional<Predictions> heldOut) {}
