package dev.serenade.training.store;

import dev.serenade.corpus.Utterance;

/**
 * A clip, or a copy of one, that could not be decoded or encoded.
 *
 * @param clip which one
 * @param reason one line for users
 */
public record FailedClip(Utterance clip, String reason) {}
