package dev.serenade.recognition.model;

import dev.serenade.whisper.WhisperConfig;

/**
 * Which encoder a head was trained on.
 *
 * @param name such as {@code openai/whisper-base}, or a folder's name
 * @param sha256 of the weights file that the features were computed with, in hexadecimal
 * @param config its shape
 */
public record EncoderIdentity(String name, String sha256, WhisperConfig config) {}
