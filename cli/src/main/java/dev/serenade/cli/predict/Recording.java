package dev.serenade.cli.predict;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import java.io.IOException;

/**
 * Something to hear.
 *
 * @param name what it is called in results: its path as the user would type it
 * @param content gets its sound
 */
record Recording(String name, Content content) {

  /** Gets the sound of a recording, as often as it is asked for. */
  @FunctionalInterface
  interface Content {
    AudioReader open(AudioDecoder decoder) throws IOException;
  }
}
