/**
 * Several models' answers as one, by what they said of clips that none of them was trained on.
 *
 * <p>{@link dev.serenade.evaluation.fusion.LateFusion} weighs two.
 */
package dev.serenade.evaluation.fusion;
