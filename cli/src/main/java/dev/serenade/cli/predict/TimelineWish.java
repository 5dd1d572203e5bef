package dev.serenade.cli.predict;

import dev.serenade.recognition.timeline.Timeline;

/**
 * A timeline that somebody wants.
 *
 * @param windows how to divide recordings
 * @param written whether its segments are written
 * @param drawn whether it is drawn
 */
record TimelineWish(Timeline windows, boolean written, boolean drawn) {}
