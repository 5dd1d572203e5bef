package dev.serenade.recognition.timeline;

import dev.serenade.recognition.EmotionScores;
import java.util.Optional;

/**
 * One cell of a timeline's grid, between two hops.
 *
 * @param startSeconds where it begins: a multiple of the hop
 * @param endSeconds where it ends
 * @param speechSeconds how much of it is speech
 * @param scores the mean over the scored windows that reach into it, each counted by how much of
 *     the cell it covers; empty if there is none
 */
public record TimelineCell(
    double startSeconds, double endSeconds, double speechSeconds, Optional<EmotionScores> scores) {}
