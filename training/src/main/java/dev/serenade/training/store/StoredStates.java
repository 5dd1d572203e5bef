package dev.serenade.training.store;

import java.nio.ShortBuffer;

/**
 * The hidden states of one layer for one clip, as they lie on disk.
 *
 * @param frames T, how many frames hold the clip
 * @param width D, the encoder's width
 * @param halves IEEE 754 binary16, frame by frame; read-only
 */
public record StoredStates(int frames, int width, ShortBuffer halves) {}
