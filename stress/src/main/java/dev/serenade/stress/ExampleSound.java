package dev.serenade.stress;

import dev.serenade.audio.Waveform;

/**
 * A clip as the model heard it after a change.
 *
 * @param change the change's name
 * @param description what was done
 * @param sound as it was heard
 * @param said what the model said of it
 */
public record ExampleSound(String change, String description, Waveform sound, String said) {}
