package dev.serenade.whisper.onnx;

/**
 * An edge of the graph: what one node gives and others take.
 *
 * @param name unique within the graph
 */
public record GraphValue(String name) {}
