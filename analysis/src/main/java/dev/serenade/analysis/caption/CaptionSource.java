package dev.serenade.analysis.caption;

import java.util.OptionalInt;

/**
 * What captions belong to.
 *
 * @param file the path of the recording
 * @param channel counted from 1, if they belong to one channel only
 */
public record CaptionSource(String file, OptionalInt channel) {

  /** Returns what stands before each caption. */
  String prefix() {
    return channel.isPresent() ? "channel %d: ".formatted(channel.getAsInt()) : "";
  }

  /** Returns the name of a tier of annotations. */
  String tier(String content) {
    return channel.isPresent() ? "%s, channel %d".formatted(content, channel.getAsInt()) : content;
  }
}
