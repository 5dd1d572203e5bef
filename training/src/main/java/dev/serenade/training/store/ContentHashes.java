package dev.serenade.training.store;

import dev.serenade.corpus.Utterance;
import dev.serenade.whisper.tensor.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clips are known by in the store: equal for equal recordings, wherever they lie.
 *
 * <p>Reads each recording once, however many clips are parts of it, so it serves one extractor
 * only.
 */
final class ContentHashes {

  private final Map<Path, String> recordings = new ConcurrentHashMap<>();

  String of(Utterance clip) throws IOException {
    String part =
        "%s %s %s"
            .formatted(
                clip.startSeconds().orElse(0),
                clip.endSeconds().orElse(Double.POSITIVE_INFINITY),
                clip.channel().orElse(0));
    return Sha256.of((recording(clip.path()) + " " + part).getBytes(StandardCharsets.UTF_8));
  }

  private String recording(Path file) throws IOException {
    String known = recordings.get(file);
    if (known != null) {
      return known;
    }
    String hash = Sha256.of(List.of(file));
    recordings.put(file, hash);
    return hash;
  }
}
