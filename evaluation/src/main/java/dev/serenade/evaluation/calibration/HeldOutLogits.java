package dev.serenade.evaluation.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What models gave clips of speakers whom they were not trained on.
 *
 * @param logits of each clip, at least one, all of as many classes
 * @param labels the position of each one's class
 * @param speakers who speaks in each
 */
public record HeldOutLogits(List<Logits> logits, List<Integer> labels, List<String> speakers) {

  /** Checks that there are as many of each, and that labels are classes. */
  public HeldOutLogits {
    logits = List.copyOf(logits);
    labels = List.copyOf(labels);
    speakers = List.copyOf(speakers);
    TemperatureScaling.check(logits, labels);
    if (speakers.size() != logits.size()) {
      throw new IllegalArgumentException(
          "expected as many speakers as logits, found %d and %d"
              .formatted(speakers.size(), logits.size()));
    }
  }

  /** Returns how many clips there are. */
  public int size() {
    return logits.size();
  }

  /** Returns how many classes there are. */
  public int classes() {
    return logits.get(0).size();
  }

  /** Returns the speakers, each once, by name. */
  public List<String> distinctSpeakers() {
    return List.copyOf(new TreeSet<>(speakers));
  }

  /** Returns the clips of several, in order. */
  public static HeldOutLogits concat(List<HeldOutLogits> parts) {
    List<Logits> logits = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> speakers = new ArrayList<>();
    for (HeldOutLogits part : parts) {
      logits.addAll(part.logits());
      labels.addAll(part.labels());
      speakers.addAll(part.speakers());
    }
    return new HeldOutLogits(logits, labels, speakers);
  }

  /** Returns the clips of some speakers, at least one of whom is here. */
  HeldOutLogits of(Predicate<String> some) {
    int[] kept = IntStream.range(0, size()).filter(n -> some.test(speakers.get(n))).toArray();
    return new HeldOutLogits(
        IntStream.of(kept).mapToObj(logits::get).toList(),
        IntStream.of(kept).mapToObj(labels::get).toList(),
        IntStream.of(kept).mapToObj(speakers::get).toList());
  }
}
