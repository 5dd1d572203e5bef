/**
 * Whisper's front end: from a waveform to the log-Mel spectrogram that its encoder takes.
 *
 * <p>{@link dev.serenade.whisper.mel.MelFilterBank} is the only arithmetic done in Java; the rest
 * is {@link dev.serenade.whisper.mel.LogMelGraph}, part of the ONNX graph.
 */
package dev.serenade.whisper.mel;
