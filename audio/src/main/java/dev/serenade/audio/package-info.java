/**
 * Sound in: audio files and bytes become mono 16 kHz waveforms.
 *
 * <p>Start at {@link dev.serenade.audio.AudioDecoder}, which gives a {@link
 * dev.serenade.audio.Waveform} or says in an {@link dev.serenade.audio.AudioFormatException} why it
 * cannot. What is too long to be held, damaged, or still being said comes in pieces: see {@link
 * dev.serenade.audio.WaveformStream}. FFmpeg does the decoding and resampling, through its bytedeco
 * bindings; it gets bytes from us and opens nothing itself.
 */
package dev.serenade.audio;
