package dev.serenade.cli.predict;

/** A track after decoding: its sound, its beginning, or why there is none. */
sealed interface Decoded permits Clip, LongRecording, Failed {}
