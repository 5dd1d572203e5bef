package dev.serenade.whisper.onnx;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a graph runs on: {@code cpu}, {@code cuda:N}, an NVIDIA GPU, or {@code auto}, the first GPU
 * if ONNX Runtime finds one and the processor otherwise.
 *
 * @param kind which of the three
 * @param index which GPU, from 0; 0 for the others
 */
public record Device(Kind kind, int index) {

  /** Kinds of device. */
  public enum Kind {
    /** A GPU if there is one. */
    AUTO,
    /** The processor. */
    CPU,
    /** An NVIDIA GPU. */
    CUDA
  }

  /** A GPU if there is one, or else the processor. */
  public static final Device AUTO = new Device(Kind.AUTO, 0);

  /** The processor. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /** Returns a GPU, counted from 0. */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Reads a device from its name.
   *
   * @throws IllegalArgumentException if there is no such name
   */
  public static Device parse(String name) {
    Matcher cuda = CUDA.matcher(name);
    if (cuda.matches()) {
      return cuda(Optional.ofNullable(cuda.group(1)).map(Integer::parseInt).orElse(0));
    }
    return switch (name) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default ->
          throw new IllegalArgumentException("expected auto, cpu, cuda or cuda:N, found " + name);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
    };
  }
}
