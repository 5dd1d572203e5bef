package dev.serenade.cli.predict;

import dev.serenade.cli.console.CannotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A folder with a file for each track, named for its recording: {@code call.srt} for {@code
 * calls/call.wav}; {@code call.wav.srt} where there is a {@code call.mp3} as well, {@code
 * call.wav-2.srt} where there are two of that name.
 */
final class TrackFiles {

  private final Path folder;
  private final Map<String, String> stems = new HashMap<>();

  private TrackFiles(Path folder, List<Recording> recordings) {
    this.folder = folder;
    List<String> names = recordings.stream().map(Recording::name).distinct().toList();
    Map<String, Integer> plain = count(names, TrackFiles::withoutExtension);
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      String stem = withoutExtension(name);
      if (plain.getOrDefault(key(stem), 0) > 1) {
        stem = fileName(name);
      }
      String unique = stem;
      for (int n = 2; !taken.add(key(unique)); n++) {
        unique = stem + "-" + n;
      }
      stems.put(name, unique);
    }
  }

  /** Returns files in a folder, which is made if need be. */
  static TrackFiles in(Path folder, List<Recording> recordings) throws CannotRunException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot make the folder %s: %s".formatted(folder, e), e);
    }
    return new TrackFiles(folder, recordings);
  }

  /** Returns the file of a track. */
  Path of(Track track, String extension) {
    String stem = Objects.requireNonNull(stems.get(track.file()));
    String channel = track.channel().isPresent() ? "-channel" + track.channel().getAsInt() : "";
    return folder.resolve("%s%s.%s".formatted(stem, channel, extension));
  }

  private static Map<String, Integer> count(List<String> names, Function<String, String> stem) {
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(key(stem.apply(name)), 1, Integer::sum));
    return counts;
  }

  /** Some file systems do not tell A from a. */
  private static String key(String stem) {
    return stem.toLowerCase(Locale.ROOT);
  }

  private static String withoutExtension(String name) {
    String file = fileName(name);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private static String fileName(String name) {
    Path file = Path.of(name).getFileName();
    return file == null || name.equals("-") ? "stdin" : file.toString();
  }
}
