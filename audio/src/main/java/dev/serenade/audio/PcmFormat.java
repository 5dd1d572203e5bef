package dev.serenade.audio;

/** How raw samples are written. */
public enum PcmFormat {
  /** Signed whole numbers of 16 bits, little endian. */
  SIGNED_16(2),
  /** Floating point numbers of 32 bits, little endian; full scale is from -1 to 1. */
  FLOAT_32(4);

  private final int bytes;

  PcmFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes a sample of one channel has. */
  public int bytes() {
    return bytes;
  }
}
