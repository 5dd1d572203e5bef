package dev.serenade.cli.predict;

import dev.serenade.audio.AudioExtensions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the recordings that paths stand for.
 *
 * <p>A file stands for itself, whatever its name; a folder for its audio files, sorted by name and
 * told by their extension; {@code -} for stdin. Hidden files of a folder are passed over, and links
 * to folders are not followed.
 */
final class Recordings {

  private static final Path STDIN = Path.of("-");

  private final boolean recursive;
  private final InputStream stdin;
  private final List<Recording> found = new ArrayList<>();

  private Recordings(boolean recursive, InputStream stdin) {
    this.recursive = recursive;
    this.stdin = stdin;
  }

  /**
   * Lists recordings in the order of the paths. A path that cannot be listed is a recording that
   * cannot be decoded.
   *
   * @param recursive whether to look into folders within folders
   */
  static List<Recording> find(List<Path> paths, boolean recursive, InputStream stdin) {
    Recordings recordings = new Recordings(recursive, stdin);
    paths.forEach(recordings::addPath);
    return List.copyOf(recordings.found);
  }

  private void addPath(Path path) {
    if (path.equals(STDIN)) {
      found.add(new Recording("-", new StandardInput(stdin)));
    } else if (Files.isDirectory(path)) {
      int before = found.size();
      addFolder(path);
      if (found.size() == before) {
        addFailure(
            path,
            InputException.NO_AUDIO_FILES,
            recursive ? "no audio files" : "no audio files; --recursive looks into its folders");
      }
    } else {
      addFile(path);
    }
  }

  private void addFile(Path file) {
    found.add(new Recording(file.toString(), decoder -> decoder.open(file)));
  }

  private void addFolder(Path folder) {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.sorted(Comparator.comparing(Recordings::name)).toList();
    } catch (IOException e) {
      addFailure(folder, InputException.UNREADABLE, "the folder cannot be read");
      return;
    }
    for (Path child : children) {
      if (name(child).startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        if (recursive) {
          addFolder(child);
        }
      } else if (AudioExtensions.isOf(name(child)) && !Files.isDirectory(child)) {
        addFile(child);
      }
    }
  }

  private void addFailure(Path path, String code, String detail) {
    found.add(
        new Recording(
            path.toString(),
            decoder -> {
              throw new InputException(code, path + ": " + detail);
            }));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
