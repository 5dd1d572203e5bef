package dev.serenade.training.store;

import dev.serenade.corpus.Utterance;

/**
 * A clip that could not be decoded or encoded.
 *
 * @param clip which one
 * @param reason one line for users
 */
public record FailedClip(Utterance clip, String reason) {}
