package dev.serenade.whisper.tensor;

/**
 * What the header of a whisper.cpp file says of the encoder.
 *
 * @param positions the most frames the encoder takes ({@code n_audio_ctx})
 * @param width of hidden states ({@code n_audio_state})
 * @param heads of each block ({@code n_audio_head})
 * @param blocks how many there are ({@code n_audio_layer})
 * @param melBands of the front end ({@code n_mels})
 */
public record GgmlHeader(int positions, int width, int heads, int blocks, int melBands) {}
