package dev.serenade.audit;

import dev.serenade.corpus.Utterance;

/**
 * A clip that could not be decoded.
 *
 * @param clip which
 * @param reason one line for people, with the file's name
 */
record Unreadable(Utterance clip, String reason) {}
