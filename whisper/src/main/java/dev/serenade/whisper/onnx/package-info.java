/**
 * Writes ONNX graphs from Java and runs them in ONNX Runtime.
 *
 * <p>{@link dev.serenade.whisper.onnx.GraphBuilder} adds nodes one by one and gives an {@link
 * dev.serenade.whisper.onnx.OnnxGraph}, which opens as a session or is written to a file. Weights
 * stay outside the protobuf message, so an encoder of gigabytes is never copied through it.
 */
package dev.serenade.whisper.onnx;
