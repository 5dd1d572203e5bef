package dev.serenade.audio;

/**
 * Where in a file its sound is, and how many samples the bytes between would be, at as many bytes a
 * sample as the sound has taken so far.
 *
 * <p>Not for several threads.
 */
final class SoundBytes {

  private long packetPosition;
  private int packetBytes;
  private long readEnd;
  private long readAhead;
  private long bytes;
  private long samples;
  private long end = -1;
  private long endReadAhead;

  /**
   * Notes a packet that was read, whether or not anything can be made of it.
   *
   * @param position of its first byte in the file
   * @param size in bytes
   * @param readAhead how many bytes after it were read already to find it; see {@link
   *     Container#readAhead}
   */
  void read(long position, int size, long readAhead) {
    end = end < 0 ? position : end;
    readEnd = position + size;
    this.readAhead = readAhead;
  }

  /** Notes that the decoder took a packet, whose frames come next. */
  void decode(long position, int size) {
    packetPosition = position;
    packetBytes = size;
  }

  /** Notes a frame of sound, of so many samples of each channel, out of the last packet. */
  void hear(int frameSamples) {
    long packetEnd = packetPosition + packetBytes;
    bytes += end == packetEnd ? 0 : packetBytes;
    samples += frameSamples;
    end = packetEnd;
    endReadAhead = readAhead;
  }

  /** Returns where in the file the last packet was that the decoder took. */
  long packetPosition() {
    return packetPosition;
  }

  /** Returns how many bytes the last packet had that the decoder took. */
  int packetBytes() {
    return packetBytes;
  }

  /**
   * Returns how many samples, in whole frames, would take the bytes since the last sound, before a
   * frame that is not yet heard.
   *
   * @param frameSamples of each channel of that frame
   */
  long missing(int frameSamples) {
    long skipped = Math.max(0, readAhead - endReadAhead);
    long since = packetPosition + packetBytes - end + skipped;
    double frameBytes = samples == 0 ? packetBytes : (double) bytes * frameSamples / samples;
    // The last of them is the frame itself, which may have taken what is before it for its start.
    return frameBytes == 0 ? 0 : (Math.round(since / frameBytes) - 1) * frameSamples;
  }

  /** Returns how many samples what was read after the last sound would be; NaN before any sound. */
  double unheardSamples() {
    return (readEnd - end) * ((double) samples / bytes);
  }
}
