package dev.serenade.training;

/**
 * A clip and what it is an example of.
 *
 * @param clip its number among the features
 * @param label the position of its class among the classes
 */
public record Example(int clip, int label) {}
