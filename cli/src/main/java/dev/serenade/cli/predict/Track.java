package dev.serenade.cli.predict;

import java.util.OptionalInt;

/**
 * What is heard by itself: a recording, or one channel of it.
 *
 * @param file the name of the recording
 * @param channel counted from 1; empty for the mean of all
 */
record Track(String file, OptionalInt channel) {

  static Track whole(String file) {
    return new Track(file, OptionalInt.empty());
  }

  static Track channel(String file, int channel) {
    return new Track(file, OptionalInt.of(channel));
  }

  /** Returns what people call it. */
  String name() {
    return channel.isPresent() ? "%s, channel %d".formatted(file, channel.getAsInt()) : file;
  }
}
