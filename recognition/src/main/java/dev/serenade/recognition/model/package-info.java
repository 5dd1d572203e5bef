/**
 * The model file, {@code *.serenade}: a zip of {@code model.json}, {@code head.safetensors} and,
 * when self-contained, {@code encoder.safetensors}.
 *
 * <p>{@link dev.serenade.recognition.model.EmotionModel} is what a file holds; {@link
 * dev.serenade.recognition.model.ModelFile} reads and writes it; {@link
 * dev.serenade.recognition.model.EncoderLocator} finds an encoder that is not in the file.
 */
package dev.serenade.recognition.model;
