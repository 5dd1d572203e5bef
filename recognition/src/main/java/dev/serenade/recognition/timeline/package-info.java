/**
 * How emotion goes on over a recording, or over sound that is still being spoken.
 *
 * <p>Start at {@link dev.serenade.recognition.timeline.Timeline}: windows on a grid of equal hops,
 * each scored as if it were alone, those in which nobody speaks left out. {@link
 * dev.serenade.recognition.timeline.EmotionStream} takes samples as they come and gives windows,
 * cells of the grid, and finished segments; a recording's timeline is that stream, fed to its end.
 * {@link dev.serenade.recognition.timeline.LiveStream} puts a bounded queue before it, so that who
 * records never waits.
 *
 * <p>Memory does not grow with the length of the sound.
 */
package dev.serenade.recognition.timeline;
