/**
 * From a waveform to emotion scores; inference only.
 *
 * <p>Start at {@link dev.serenade.recognition.EmotionRecognizer}. It takes an {@link
 * dev.serenade.recognition.model.EmotionModel}, builds one ONNX graph from samples to scores
 * ({@link dev.serenade.recognition.RecognitionGraph}) and gives a {@link
 * dev.serenade.recognition.Recognition} for each clip.
 */
package dev.serenade.recognition;
