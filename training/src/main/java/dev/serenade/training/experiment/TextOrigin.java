package dev.serenade.training.experiment;

import dev.serenade.recognition.text.TokenStates;

/**
 * Where tokens' states come from; the model file needs all of it to make the same ones again.
 *
 * @param decoder the name by which the whole Whisper is found again
 * @param states of its decoder
 */
public record TextOrigin(String decoder, TokenStates states) {}
