package dev.serenade.training.store;

import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Utterance;

/**
 * A copy of a clip whose sound went through effects; for training only.
 *
 * @param clip whose label and speaker it has
 * @param effects what happened to it
 */
public record ClipCopy(Utterance clip, EffectChain effects) {}
