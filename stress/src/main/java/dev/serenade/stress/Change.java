package dev.serenade.stress;

import java.util.OptionalDouble;

/**
 * A change that a model should not mind.
 *
 * @param group where its tests belong
 * @param name such as {@code babble}; unique
 * @param description what is done, in a sentence
 * @param reference what the change is measured against: {@link Treatment#NONE}, but for rooms
 * @param changed what is done
 * @param unchangedAtLeast the share of clips whose predicted class must stay
 * @param recallLossAtMost how much unweighted average recall may be lost; empty if that is no test
 */
record Change(
    StressGroup group,
    String name,
    String description,
    Treatment reference,
    Treatment changed,
    double unchangedAtLeast,
    OptionalDouble recallLossAtMost) {}
