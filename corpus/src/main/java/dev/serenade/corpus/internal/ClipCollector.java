package dev.serenade.corpus.internal;

import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.Utterance;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the clips of a corpus while it is read, and what is left out. */
public final class ClipCollector {

  private final List<Utterance> utterances = new ArrayList<>();
  private final List<SkippedClip> skipped = new ArrayList<>();
  private final Map<List<Object>, String> places = new HashMap<>();

  /**
   * Takes a clip, unless its file is missing or it was listed before.
   *
   * @param place where it is listed, for the message if it comes again
   */
  public void add(Utterance clip, String place) {
    List<Object> identity =
        List.of(clip.path(), clip.startSeconds(), clip.endSeconds(), clip.channel());
    String before = places.putIfAbsent(identity, place);
    if (before != null) {
      String reason = "%s: listed before, at %s".formatted(place, before);
      skip(clip.id(), SkippedClip.Cause.DUPLICATE, reason);
    } else if (!Files.isRegularFile(clip.path())) {
      String reason = "%s: no such file: %s".formatted(place, clip.path());
      skip(clip.id(), SkippedClip.Cause.MISSING_FILE, reason);
    } else {
      utterances.add(clip);
    }
  }

  public void skip(String path, SkippedClip.Cause cause, String reason) {
    skipped.add(new SkippedClip(path, cause, reason));
  }

  public List<Utterance> utterances() {
    return utterances;
  }

  public List<SkippedClip> skipped() {
    return skipped;
  }
}
