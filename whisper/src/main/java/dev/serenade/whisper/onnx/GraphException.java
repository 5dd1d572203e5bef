package dev.serenade.whisper.onnx;

/** ONNX Runtime refused a graph or failed while it ran one: a fault of ours or of the machine. */
public final class GraphException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GraphException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
