package dev.serenade.corpus.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds recordings by their extension; whether they can be decoded shows later. */
public final class AudioFiles {

  /** What FFmpeg is likely to decode, sound of video files included. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "wav", "flac", "mp3", "ogg", "oga", "opus", "m4a", "aac", "mp4", "webm", "mkv", "wma",
          "aif", "aiff", "au", "amr", "mov", "avi");

  private AudioFiles() {}

  /** Returns whether this is a recording, going by its name; hidden files are not. */
  public static boolean isAudio(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Returns all recordings below a folder, links followed, in the order of their paths. */
  public static List<Path> below(Path folder) throws IOException {
    return filesBelow(folder).stream().filter(AudioFiles::isAudio).toList();
  }

  /** Returns all files below a folder, links followed, in the order of their paths. */
  public static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException("cannot list all files below " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Returns a file's name without its extension. */
  public static String stem(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns the folder that a file is in, absolute. */
  public static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return folder != null ? folder : absolute;
  }

  public static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
