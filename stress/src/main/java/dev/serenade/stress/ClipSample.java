package dev.serenade.stress;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some clips for all: as many of each emotion, sex and corpus, and of each speaker among those, as
 * there are clips for.
 *
 * <p>Groups that hold equally much of everything are what fairness tests compare; audEERING's
 * balance theirs too.
 */
final class ClipSample {

  private ClipSample() {}

  /**
   * Returns a sample in the order of the clips.
   *
   * @param count how many; all if there are no more
   */
  static List<Utterance> of(List<Utterance> clips, int count, long seed) {
    List<Utterance> shuffled = new ArrayList<>(clips);
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, List<Utterance>> cells = new TreeMap<>();
    for (Utterance clip : shuffled) {
      cells.computeIfAbsent(cell(clip), name -> new ArrayList<>()).add(clip);
    }
    cells.replaceAll((name, cell) -> speakersInTurn(cell));
    Set<Utterance> chosen = new HashSet<>();
    int deepest = cells.values().stream().mapToInt(List::size).max().orElse(0);
    for (int depth = 0; depth < deepest; depth++) {
      for (List<Utterance> cell : cells.values()) {
        if (depth < cell.size() && chosen.size() < count) {
          chosen.add(cell.get(depth));
        }
      }
    }
    return clips.stream().filter(chosen::contains).toList();
  }

  private static String cell(Utterance clip) {
    return String.join(
        "\n",
        clip.emotion().name(),
        clip.sex().orElse(""),
        clip.extras().getOrDefault(Corpus.CORPUS_COLUMN, clip.language().orElse("")));
  }

  /** Puts the first clip of every speaker before the second of any. */
  private static List<Utterance> speakersInTurn(List<Utterance> cell) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Utterance, Integer> turns = new HashMap<>();
    cell.forEach(clip -> turns.put(clip, seen.merge(clip.speaker(), 1, Integer::sum)));
    return cell.stream().sorted(Comparator.comparing(turns::get)).toList();
  }
}
