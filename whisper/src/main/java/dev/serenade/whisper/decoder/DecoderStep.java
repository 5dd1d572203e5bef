package dev.serenade.whisper.decoder;

import dev.serenade.whisper.tensor.FloatTensor;

/**
 * What the decoder makes of new tokens.
 *
 * @param logits shape (n, vocabulary): of the token that follows each of the n new ones
 * @param hiddenStates shape (n, D): after the last block and its LayerNorm
 * @param tokens the cache for the next step
 */
public record DecoderStep(FloatTensor logits, FloatTensor hiddenStates, SpokenTokens tokens) {}
