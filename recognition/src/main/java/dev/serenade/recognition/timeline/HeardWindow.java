package dev.serenade.recognition.timeline;

import dev.serenade.recognition.EmotionScores;
import java.util.Optional;

/**
 * One window of a timeline.
 *
 * @param startSeconds where it begins: a multiple of the hop
 * @param endSeconds where it ends
 * @param scores a probability for each emotion; empty if it was not scored
 * @param dropped whether it was not scored because there was no time; else, because nobody spoke
 */
public record HeardWindow(
    double startSeconds, double endSeconds, Optional<EmotionScores> scores, boolean dropped) {}
