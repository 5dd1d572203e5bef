package dev.serenade.stress;

/**
 * A clip of which the model says something else after a change.
 *
 * @param change the change's name
 * @param clip the clip's name
 * @param before what the model said
 * @param after what it says now
 */
public record Flip(String change, String clip, String before, String after) {}
