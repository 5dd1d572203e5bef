package dev.serenade.cli.predict;

import dev.serenade.audio.Waveform;

/** The sound of a recording. */
record Clip(String file, Waveform waveform) implements Decoded {}
