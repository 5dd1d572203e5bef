package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Clips that hold the same sound.
 *
 * @param exact groups of clips whose samples are equal
 * @param near groups of clips that are copies but for level, shift, codec or cuts; of clips that
 *     are equal, the first stands for all
 */
record Copies(List<List<Utterance>> exact, List<NearGroup> near) {

  Copies {
    exact = exact.stream().map(List::copyOf).toList();
    near = List.copyOf(near);
  }

  /**
   * Clips that are copies of each other, directly or by way of others.
   *
   * @param clips two or more
   * @param loosest the pair that is least alike of those compared
   */
  record NearGroup(List<Utterance> clips, NearPair loosest) {
    NearGroup {
      clips = List.copyOf(clips);
    }
  }

  /** Two clips, how alike their fingerprints are, and how alike their samples. */
  record NearPair(ClipMeasure first, ClipMeasure second, double bitErrorRate, Copy copy) {}

  /** Returns all groups of clips that hold the same sound, the equal ones first. */
  List<List<Utterance>> groups() {
    List<List<Utterance>> groups = new ArrayList<>(exact);
    near.forEach(group -> groups.add(group.clips()));
    return groups;
  }

  /**
   * Finds copies; decodes again what sounds alike.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static Copies among(List<ClipMeasure> measures, int threads, Audit.Progress progress)
      throws InterruptedException {
    Map<String, List<ClipMeasure>> bySamples = new LinkedHashMap<>();
    for (ClipMeasure measure : measures) {
      if (!measure.isDigitalSilence()) {
        bySamples.computeIfAbsent(measure.sampleHash(), hash -> new ArrayList<>()).add(measure);
      }
    }
    List<List<Utterance>> exact =
        bySamples.values().stream()
            .filter(group -> group.size() > 1)
            .map(group -> group.stream().map(ClipMeasure::clip).toList())
            .toList();
    List<ClipMeasure> distinct = bySamples.values().stream().map(group -> group.get(0)).toList();
    List<CopySearch.Pair> alike =
        new CopySearch(distinct.stream().map(ClipMeasure::fingerprint).toList()).pairs();
    List<NearPair> pairs =
        Measurement.inParallel(
                alike, pair -> verified(distinct, pair), threads, "comparing", progress)
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return new Copies(exact, groups(pairs));
  }

  /** Returns a pair that sounds alike if its samples bear it out. */
  private static Optional<NearPair> verified(List<ClipMeasure> clips, CopySearch.Pair pair) {
    ClipMeasure first = clips.get(pair.first());
    ClipMeasure second = clips.get(pair.second());
    try {
      return Copy.of(
              ClipDecoder.decode(first.clip()), ClipDecoder.decode(second.clip()), pair.offset())
          .filter(copy -> copy.correlation() >= Copy.LEAST_CORRELATION)
          .map(copy -> new NearPair(first, second, pair.bitErrorRate(), copy));
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      // It could be read a moment ago; whoever changes recordings meanwhile gets no verdict on
      // them.
      return Optional.empty();
    }
  }

  private static List<NearGroup> groups(List<NearPair> pairs) {
    List<List<NearPair>> groups = new ArrayList<>();
    for (NearPair pair : pairs) {
      List<NearPair> merged = new ArrayList<>(List.of(pair));
      groups.removeIf(
          group -> {
            boolean shares = group.stream().anyMatch(member -> shareClip(member, pair));
            if (shares) {
              merged.addAll(group);
            }
            return shares;
          });
      groups.add(merged);
    }
    return groups.stream()
        .map(
            group ->
                new NearGroup(
                    group.stream()
                        .flatMap(pair -> List.of(pair.first(), pair.second()).stream())
                        .map(ClipMeasure::clip)
                        .distinct()
                        .sorted(Comparator.comparing(Utterance::id))
                        .toList(),
                    group.stream()
                        .min(Comparator.comparingDouble(pair -> pair.copy().correlation()))
                        .orElseThrow()))
        .toList();
  }

  private static boolean shareClip(NearPair one, NearPair other) {
    return one.first().equals(other.first())
        || one.first().equals(other.second())
        || one.second().equals(other.first())
        || one.second().equals(other.second());
  }
}
