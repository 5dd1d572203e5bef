package dev.serenade.stress;

import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.Predictions;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.training.store.FailedClip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What came out of the tests of one model on some clips.
 *
 * @param results every test, group by group
 * @param flips every clip of which the model changed its mind, change by change
 * @param sounds what one of the clips sounds like after each change
 * @param clips how many clips were heard
 * @param speakers how many people speak in them
 * @param failed the clips that could not be heard
 */
public record StressRun(
    List<TestResult> results,
    List<Flip> flips,
    List<ExampleSound> sounds,
    int clips,
    int speakers,
    List<FailedClip> failed) {

  /** Copies the lists. */
  public StressRun {
    results = List.copyOf(results);
    flips = List.copyOf(flips);
    sounds = List.copyOf(sounds);
    failed = List.copyOf(failed);
  }

  private record Outcome(Utterance clip, Optional<HeardClip> heard, String failure) {}

  /**
   * Runs the tests.
   *
   * @param clips whose emotions the model knows; some are drawn from them
   * @param progress is told how many clips are done
   * @throws IOException if no clip could be heard
   * @throws InterruptedException if the thread is interrupted
   */
  public static StressRun of(
      EmotionRecognizer recognizer,
      List<Utterance> clips,
      StressSettings settings,
      IntConsumer progress)
      throws IOException, InterruptedException {
    Set<StressGroup> groups = settings.groups();
    List<Change> changes =
        Catalogue.changes(clips).stream().filter(c -> groups.contains(c.group())).toList();
    Hearing hearing =
        new Hearing(recognizer, changes, groups.contains(StressGroup.PITCH), settings.seed());
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Utterance clip : ClipSample.of(clips, settings.clips(), settings.seed())) {
      tasks.add(() -> hear(hearing, clip));
    }
    List<Outcome> outcomes = ParallelTasks.run(tasks, settings.threads(), progress);
    List<HeardClip> heard =
        outcomes.stream().map(Outcome::heard).flatMap(Optional::stream).toList();
    List<FailedClip> failed =
        outcomes.stream()
            .filter(outcome -> outcome.heard().isEmpty())
            .map(outcome -> new FailedClip(outcome.clip(), outcome.failure()))
            .toList();
    if (heard.isEmpty()) {
      throw new IOException("no clip could be heard: " + failed.get(0).reason());
    }
    return new StressRun(
        results(heard, changes, settings),
        flips(heard, changes),
        changes.isEmpty() ? List.of() : hearing.sounds(example(heard)),
        heard.size(),
        (int) heard.stream().map(h -> h.clip().speaker()).distinct().count(),
        failed);
  }

  private static Outcome hear(Hearing hearing, Utterance clip) {
    try {
      return new Outcome(clip, Optional.of(hearing.hear(clip)), "");
    } catch (IOException e) {
      return new Outcome(clip, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static List<TestResult> results(
      List<HeardClip> heard, List<Change> changes, StressSettings settings) {
    long seed = settings.seed();
    List<TestResult> results = new ArrayList<>();
    for (StressGroup group : StressGroup.values()) {
      if (settings.groups().contains(group)) {
        switch (group) {
          case CORRECTNESS ->
              results.addAll(
                  Correctness.of(
                      Predictions.of(heard.stream().map(h -> h.labelled(h.clean())).toList()),
                      seed));
          case SEX -> results.addAll(FairnessGroups.sex(heard, seed));
          case PITCH -> results.addAll(FairnessGroups.pitch(heard, seed));
          case LANGUAGE -> results.addAll(FairnessGroups.language(heard, seed));
          case SMALL_CHANGES, BACKGROUND_NOISE, PHONE, ROOM, TILT ->
              IntStream.range(0, changes.size())
                  .filter(i -> changes.get(i).group() == group)
                  .forEach(i -> results.addAll(Robustness.of(changes.get(i), i, heard, seed)));
        }
      }
    }
    return results;
  }

  private static List<Flip> flips(List<HeardClip> heard, List<Change> changes) {
    List<Flip> flips = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      for (HeardClip clip : heard) {
        String before = clip.references().get(i).top();
        String after = clip.changed().get(i).top();
        if (!before.equals(after)) {
          flips.add(new Flip(changes.get(i).name(), clip.clip().name(), before, after));
        }
      }
    }
    return flips;
  }

  /** Returns the clip that was recognised and that most changes flip: the most telling to hear. */
  private static HeardClip example(List<HeardClip> heard) {
    return heard.stream()
        .filter(clip -> clip.clean().top().equals(clip.clip().emotion().name()))
        .max(Comparator.comparingLong(StressRun::flipsOf))
        .orElse(heard.get(0));
  }

  private static long flipsOf(HeardClip clip) {
    return clip.changed().stream().filter(c -> !c.top().equals(clip.clean().top())).count();
  }

  /** Returns the tests of a group, in their order. */
  public List<TestResult> of(StressGroup group) {
    return results.stream().filter(result -> result.group() == group).toList();
  }

  /** Returns how many tests passed. */
  public int passed() {
    return (int) results.stream().filter(TestResult::passed).count();
  }

  /** Returns how many tests failed. */
  public int failedTests() {
    return (int) results.stream().filter(TestResult::failed).count();
  }

  /** Returns the share of tests that passed among those that were run; 0 if none were. */
  public double passRate() {
    int run = passed() + failedTests();
    return run == 0 ? 0 : (double) passed() / run;
  }
}
