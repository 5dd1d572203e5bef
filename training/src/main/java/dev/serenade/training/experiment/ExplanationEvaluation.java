package dev.serenade.training.experiment;

import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.explanation.ExplainedClip;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.OrderedRemoval;
import dev.serenade.evaluation.explanation.RemovalCurve;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.AttentionUniformity;
import dev.serenade.recognition.explanation.Occlusion;
import dev.serenade.recognition.explanation.PooledStates;
import dev.serenade.recognition.explanation.Removal;
import dev.serenade.recognition.explanation.RemovalCurves;
import dev.serenade.recognition.explanation.SilencedSpeech;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.training.store.ClipDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Tests how faithful the explanations of a finished model are, on a sample of labelled clips: those
 * by attention, by {@link Occlusion} with silence, and by occlusion of what is pooled. Whatever
 * orders the parts of a clip, they are taken away by silence, from the recording on.
 *
 * @param recognizer the whole model
 * @param states the same model, taken apart
 * @param seed of the sample and of the random orders
 */
public record ExplanationEvaluation(EmotionRecognizer recognizer, PooledStates states, long seed) {

  /** The order of attention, in the test's result. */
  public static final String ATTENTION = "attention";

  /** The order of occlusion by silence, which {@code predict} shows, in the test's result. */
  public static final String OCCLUSION = "occlusion";

  private static final String LEFT_OUT = "occlusion, frames not pooled";
  private static final String REPLACED = "occlusion, states of silence";

  private static final int RANDOM_ORDERS = 5;

  /**
   * Runs the test.
   *
   * @param clips to sample from
   * @param most how many to take; as many of each emotion as can be
   * @param threads how many clips to work on at once
   * @return empty if no clip can be explained: those that cannot be decoded, are digital silence,
   *     or have fewer frames than {@link RemovalCurves#PARTS} are passed over
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<ExplanationTest> run(
      List<Utterance> clips, int most, int threads, ModelEvaluation.Progress progress)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Callable<Optional<ExplainedClip>>> tasks = new ArrayList<>();
    for (Utterance clip : sample(clips, most, random.split())) {
      SplittableRandom ofClip = random.split();
      tasks.add(() -> explain(clip, ofClip));
    }
    List<ExplainedClip> explained =
        ParallelTasks.run(tasks, threads, progress::clipsDone).stream()
            .flatMap(Optional::stream)
            .toList();
    return explained.isEmpty() ? Optional.empty() : Optional.of(new ExplanationTest(explained));
  }

  /** Takes one of each emotion in turn, in random order; returns them in that order. */
  static List<Utterance> sample(List<Utterance> clips, int most, SplittableRandom random) {
    List<Utterance> shuffled = new ArrayList<>(clips);
    for (int left = shuffled.size(); left > 1; left--) {
      Collections.swap(shuffled, left - 1, random.nextInt(left));
    }
    Map<Emotion, Queue<Utterance>> byEmotion = new TreeMap<>(Comparator.comparing(Emotion::name));
    for (Utterance clip : shuffled) {
      byEmotion.computeIfAbsent(clip.emotion(), emotion -> new ArrayDeque<>()).add(clip);
    }
    List<Utterance> sample = new ArrayList<>();
    while (sample.size() < Math.min(most, clips.size())) {
      for (Queue<Utterance> ofEmotion : byEmotion.values()) {
        if (!ofEmotion.isEmpty() && sample.size() < most) {
          sample.add(ofEmotion.remove());
        }
      }
    }
    return sample;
  }

  private Optional<ExplainedClip> explain(Utterance clip, SplittableRandom random) {
    Waveform waveform;
    try {
      waveform = ClipDecoder.decode(clip);
    } catch (IOException e) {
      // Whoever scores the clip says what is wrong with it.
      return Optional.empty();
    }
    Recognition heard = recognizer.recognize(waveform);
    if (heard.abstained() || heard.attention().length() < RemovalCurves.PARTS) {
      return Optional.empty();
    }
    String emotion = heard.emotion();
    Removal silenced = SilencedSpeech.of(recognizer, waveform);
    RemovalCurves curves = new RemovalCurves(silenced, emotion);
    List<Waveform> pieces = recognizer.pieces(waveform);
    AttentionUniformity uniformity = AttentionUniformity.of(heard.attention());
    Map<String, List<Integer>> orders = new LinkedHashMap<>();
    if (!uniformity.isExact()) {
      orders.put(ATTENTION, curves.order(heard.attention()));
    }
    orders.put(OCCLUSION, curves.order(Occlusion.of(silenced, emotion)));
    orders.put(LEFT_OUT, curves.order(Occlusion.of(states.leavingOut(pieces), emotion)));
    orders.put(REPLACED, curves.order(Occlusion.of(states.replacing(pieces), emotion)));
    return Optional.of(explained(clip, uniformity.value(), curves, orders, random));
  }

  private static ExplainedClip explained(
      Utterance clip,
      double uniformity,
      RemovalCurves curves,
      Map<String, List<Integer>> orders,
      SplittableRandom random) {
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> order : orders.values()) {
      List<Integer> reversed = new ArrayList<>(order);
      Collections.reverse(reversed);
      Collections.addAll(all, order, reversed);
    }
    for (int n = 0; n < RANDOM_ORDERS; n++) {
      all.add(RemovalCurves.random(random));
    }
    List<RemovalCurve> found = curves.deletion(all).stream().map(RemovalCurve::new).toList();
    Map<String, OrderedRemoval> byExplanation = new LinkedHashMap<>();
    int next = 0;
    for (String name : orders.keySet()) {
      byExplanation.put(name, new OrderedRemoval(found.get(next), found.get(next + 1)));
      next += 2;
    }
    return new ExplainedClip(
        clip.name(), clip.speaker(), uniformity, byExplanation, found.subList(next, found.size()));
  }
}
