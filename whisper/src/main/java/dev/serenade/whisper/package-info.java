/**
 * The frozen Whisper encoder: from a waveform to hidden states at 50 frames a second.
 *
 * <p>Start at {@link dev.serenade.whisper.WhisperEncoder}. The weights of a Hugging Face Whisper
 * folder ({@link dev.serenade.whisper.EncoderWeights}) become one ONNX graph ({@link
 * dev.serenade.whisper.EncoderGraph}) that holds the front end too and stops at the last block
 * asked for; {@link dev.serenade.whisper.Window} says how much silence the encoder hears around a
 * clip.
 *
 * <p>Radford et al., "Robust speech recognition via large-scale weak supervision", 2022,
 * arXiv:2212.04356.
 */
package dev.serenade.whisper;
