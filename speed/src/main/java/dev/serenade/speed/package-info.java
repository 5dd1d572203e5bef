/**
 * How fast a model is on this machine, part by part, beside how fast the machine multiplies
 * matrices.
 *
 * <p>Start at {@link dev.serenade.speed.SpeedRun}, which measures a {@link
 * dev.serenade.speed.Subject}; {@link dev.serenade.speed.SpeedJson} and {@link
 * dev.serenade.speed.SpeedFigure} show what it found.
 */
package dev.serenade.speed;
