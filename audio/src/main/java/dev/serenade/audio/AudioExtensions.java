package dev.serenade.audio;

import java.util.Locale;
import java.util.Set;

/**
 * What names of recordings end in: how they are found in folders that hold other files too. {@link
 * AudioDecoder} asks no name, but looks into the file.
 */
public final class AudioExtensions {

  private static final Set<String> KNOWN =
      Set.of(
          "wav", "wave", "w64", "flac", "mp3", "ogg", "oga", "opus", "m4a", "m4b", "aac", "mp4",
          "m4v", "mov", "webm", "mkv", "mka", "aif", "aiff", "aifc", "au", "snd", "caf", "amr",
          "wma", "3gp", "sph");

  private AudioExtensions() {}

  /** Tells whether a file's name is that of a recording, or of a video, in capitals or not. */
  public static boolean isOf(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot >= 0 && KNOWN.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
