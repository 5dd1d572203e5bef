/**
 * The decoder of a whole Whisper: from up to 30 s of sound to tokens.
 *
 * <p>Start at {@link dev.serenade.whisper.decoder.WhisperDecoder}, which runs the graphs that
 * {@link dev.serenade.whisper.decoder.DecoderGraph} builds; {@link
 * dev.serenade.whisper.decoder.GreedyDecoding} picks tokens by the rules of {@code
 * generation_config.json}, and is the {@link dev.serenade.whisper.decoder.WindowDecoding} that
 * others ask. What tokens spell is for others to say.
 */
package dev.serenade.whisper.decoder;
