package dev.serenade.whisper.onnx;

/** ONNX Runtime refused a graph, a device, or failed while it ran one. */
public final class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GraphException(String message) {
    super(message);
  }

  GraphException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
