/**
 * What can happen to a recording: played faster, in noise, on the telephone, in a room.
 *
 * <p>An {@link dev.serenade.audio.effect.Effect} is one of them, an {@link
 * dev.serenade.audio.effect.EffectChain} several, one after the other; both are values that are
 * read from text such as {@code speed:0.9} and written as such. What one makes of a waveform
 * depends on the waveform and the seed only.
 */
package dev.serenade.audio.effect;
