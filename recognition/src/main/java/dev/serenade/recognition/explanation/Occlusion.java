package dev.serenade.recognition.explanation;

import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What becomes of a score when a stretch of the clip is taken away, over time.
 *
 * <p>Stretches of 2 s frames begin every s frames: stretch k takes away steps k and k + 1, and the
 * last is the first that reaches the end. With p the score of the emotion for the whole clip, p_k
 * its score without stretch k, and o = log p / (1 - p):
 *
 * <pre>{@code
 * change_i        = mean over the stretches k that cover step i of p - p_k      in [-1, 1]
 * logOddsChange_i = mean over the stretches k that cover step i of o - o_k
 * }</pre>
 *
 * <p>Positive where the clip speaks for the emotion: the score falls without it. Where a model is
 * sure, the score hardly moves whatever is taken away; the log-odds still do.
 *
 * <p>A step is 0.1 s, so that a stretch is about a syllable; of clips of more than {@value
 * #MOST_STEPS} such steps it is the clip's {@value #MOST_STEPS}th part, rounded up to frames, so
 * that the cost is bounded: so many times that of recognising the clip, of which no more than 30 s
 * are heard again for a stretch unless it is longer itself.
 *
 * <p>Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, section
 * 4.2, which slides a grey square over an image.
 *
 * @param emotion whose score it is
 * @param stepFrames s, frames from one value to the next
 * @param changes one for each step; the last may be shorter
 * @param logOddsChanges likewise
 */
public record Occlusion(
    String emotion, int stepFrames, List<Double> changes, List<Double> logOddsChanges) {

  /** A stretch takes away so many steps. */
  private static final int STEPS_OF_A_STRETCH = 2;

  private static final int SHORTEST_STEP_FRAMES = 5;
  private static final int MOST_STEPS = 40;

  /** Keeps log-odds finite where float32 knows of no doubt. */
  private static final double LEAST = 1e-30;

  /** Copies the lists. */
  public Occlusion {
    changes = List.copyOf(changes);
    logOddsChanges = List.copyOf(logOddsChanges);
  }

  /** Takes each stretch away, and looks. */
  public static Occlusion of(Removal clip, String emotion) {
    int frames = clip.frames();
    int step = Math.max(SHORTEST_STEP_FRAMES, (frames + MOST_STEPS - 1) / MOST_STEPS);
    int steps = (frames + step - 1) / step;
    int stretches = Math.max(1, steps - STEPS_OF_A_STRETCH + 1);
    List<BitSet> removed = new ArrayList<>(List.of(new BitSet()));
    for (int k = 0; k < stretches; k++) {
      BitSet stretch = new BitSet();
      stretch.set(k * step, Math.min(frames, (k + STEPS_OF_A_STRETCH) * step));
      removed.add(stretch);
    }
    List<EmotionScores> scores = clip.without(removed);
    List<Double> changes = new ArrayList<>();
    List<Double> logOddsChanges = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int first = Math.max(0, i - STEPS_OF_A_STRETCH + 1);
      List<EmotionScores> without = scores.subList(1 + first, 1 + Math.min(stretches, i + 1));
      changes.add(
          scores.get(0).of(emotion)
              - without.stream().mapToDouble(s -> s.of(emotion)).average().orElseThrow());
      logOddsChanges.add(
          logOdds(scores.get(0), emotion)
              - without.stream().mapToDouble(s -> logOdds(s, emotion)).average().orElseThrow());
    }
    return new Occlusion(emotion, step, changes, logOddsChanges);
  }

  /** The others are summed, as 1 - p would lose what float32 knows of a p near 1. */
  private static double logOdds(EmotionScores scores, String emotion) {
    double others = 0;
    for (var score : scores.probabilities().entrySet()) {
      others += score.getKey().equals(emotion) ? 0 : score.getValue();
    }
    return Math.log(Math.max(LEAST, scores.of(emotion))) - Math.log(Math.max(LEAST, others));
  }

  /** Returns the seconds from one value to the next. */
  public double stepSeconds() {
    return stepFrames * Recognition.FRAME_SECONDS;
  }

  /** Returns how long a stretch is that is taken away at once. */
  public double stretchSeconds() {
    return STEPS_OF_A_STRETCH * stepSeconds();
  }

  /** Returns the step without which the score falls most; the first if several are. */
  public int strongest() {
    int best = 0;
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i) > changes.get(best)) {
        best = i;
      }
    }
    return best;
  }

  /** Returns the change of log-odds of each of so many frames. */
  double[] byFrame(int frames) {
    double[] values = new double[frames];
    for (int t = 0; t < frames; t++) {
      values[t] = logOddsChanges.get(t / stepFrames);
    }
    return values;
  }
}
