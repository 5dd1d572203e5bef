package dev.serenade.cli.corpus;

import dev.serenade.corpus.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model's own training clips say nothing about how it does on new speakers. */
public final class SeenClips {

  private SeenClips() {}

  /**
   * Returns what to know before any number, a sentence for each corpus that was trained on.
   *
   * @param model how a sentence begins that is about it
   * @param provenance of the model, and of those that it was trained from
   */
  public static List<String> caveats(
      String model, CorpusOptions.Source source, Map<String, String> provenance) {
    List<String> caveats = new ArrayList<>();
    for (Corpus part : source.parts()) {
      String manifest = CorpusOptions.Source.MANIFEST_PREFIX + part.name();
      if (provenance.containsValue(part.manifestSha256())) {
        caveats.add(
            "%s was trained on clips of %s, so these numbers are no estimate of accuracy on new speakers."
                .formatted(model, part.name()));
      } else if (provenance.keySet().stream()
          .anyMatch(name -> name.equals(manifest) || name.endsWith("." + manifest))) {
        caveats.add(
            "%s was trained on a corpus named %s; if these are its clips, the numbers are no estimate of accuracy on new speakers."
                .formatted(model, part.name()));
      }
    }
    return caveats;
  }
}
