package dev.serenade.cli.predict;

/**
 * What is written, and how.
 *
 * @param channels whether channels are heard by themselves
 * @param timeline whether there are segments
 * @param sets whether there are sets of emotions
 * @param transcripts whether there is what is said
 */
record OutcomeLayout(
    OutputFormat format, boolean channels, boolean timeline, boolean sets, boolean transcripts) {}
