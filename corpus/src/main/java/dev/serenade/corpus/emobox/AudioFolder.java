package dev.serenade.corpus.emobox;

import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the recordings that EmoBox's {@code wav} paths mean below a folder of the user's.
 *
 * <p>{@code downloads/emodb/wav/03a01Wa.wav} may be that path, any end of it ({@code
 * wav/03a01Wa.wav}), or the only recording of that name, and may have any extension.
 */
final class AudioFolder {

  private final Path root;
  private final Map<String, Path> byPath = new HashMap<>();
  private final Map<String, List<Path>> byName = new HashMap<>();

  private AudioFolder(Path root) {
    this.root = root;
  }

  static AudioFolder index(Path root) throws IOException {
    AudioFolder folder = new AudioFolder(root);
    List<Path> files = Files.isDirectory(root) ? AudioFiles.below(root) : List.of();
    for (Path file : files) {
      folder.byPath.putIfAbsent(withoutExtension(root.relativize(file)), file);
      folder.byName.computeIfAbsent(AudioFiles.stem(file), n -> new ArrayList<>()).add(file);
    }
    return folder;
  }

  /** Returns the recording, or where it was looked for first if it is not there. */
  Path locate(String wav) {
    Path path = Path.of(wav);
    for (int start = 0; start < path.getNameCount(); start++) {
      Path end = path.subpath(start, path.getNameCount());
      Optional<Path> found = Optional.ofNullable(byPath.get(withoutExtension(end)));
      if (found.isPresent()) {
        return found.get();
      }
    }
    List<Path> sameName = byName.getOrDefault(AudioFiles.stem(path), List.of());
    return sameName.size() == 1 ? sameName.get(0) : root.resolve(path);
  }

  private static String withoutExtension(Path path) {
    return path.resolveSibling(AudioFiles.stem(path)).toString().replace('\\', '/');
  }
}
