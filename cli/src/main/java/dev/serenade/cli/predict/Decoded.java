package dev.serenade.cli.predict;

/** A recording after decoding: its sound, or why there is none. */
sealed interface Decoded permits Clip, Failed {}
