package dev.serenade.training.experiment;

import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.figure.AttentionTrace;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.training.store.ClipDecoder;
import dev.serenade.training.store.FailedClip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What a finished model says of labelled clips, scored as {@code predict} does, from the recording
 * on.
 *
 * @param predictions one for each clip that could be scored, in their order
 * @param failed the others
 * @param attention a few clips with what their frames weighed, the mean over heads
 */
public record ModelEvaluation(
    List<Prediction> predictions, List<FailedClip> failed, List<AttentionTrace> attention) {

  /** Is told how far the work has got. */
  @FunctionalInterface
  public interface Progress {

    /** So many clips are done. */
    void clipsDone(int done);
  }

  private record Outcome(Optional<Prediction> prediction, String failure) {}

  /** Copies the lists. */
  public ModelEvaluation {
    attention = List.copyOf(attention);
    predictions = List.copyOf(predictions);
    failed = List.copyOf(failed);
  }

  /**
   * Scores clips.
   *
   * @param clips whose emotions the model knows
   * @param fold the name under which predictions are listed
   * @param threads how many clips to work on at once
   * @throws InterruptedException if the thread is interrupted
   */
  public static ModelEvaluation of(
      EmotionRecognizer recognizer,
      List<Utterance> clips,
      String fold,
      int threads,
      Progress progress)
      throws InterruptedException {
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (Utterance clip : clips) {
      tasks.add(() -> score(recognizer, clip, fold));
    }
    List<Outcome> outcomes = ParallelTasks.run(tasks, threads, progress::clipsDone);
    List<Prediction> predictions = new ArrayList<>();
    List<Utterance> scored = new ArrayList<>();
    List<FailedClip> failed = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.prediction().isPresent()) {
        predictions.add(outcome.prediction().get());
        scored.add(clips.get(i));
      } else {
        failed.add(new FailedClip(clips.get(i), outcome.failure()));
      }
    }
    List<AttentionTrace> attention =
        AttentionExamples.of(
            predictions, scored, position -> attention(recognizer, scored.get(position)));
    return new ModelEvaluation(predictions, failed, attention);
  }

  private static float[][] attention(EmotionRecognizer recognizer, Utterance clip)
      throws IOException {
    return new float[][] {recognizer.recognize(ClipDecoder.decode(clip)).attention().toArray()};
  }

  private static Outcome score(EmotionRecognizer recognizer, Utterance clip, String fold) {
    try {
      Recognition heard = recognizer.recognize(ClipDecoder.decode(clip));
      double[] probabilities =
          recognizer.labels().stream().mapToDouble(heard.scores()::of).toArray();
      return new Outcome(
          Optional.of(
              new Prediction(
                  clip.name(),
                  clip.speaker(),
                  fold,
                  clip.emotion().name(),
                  ClassProbabilities.of(recognizer.labels(), probabilities))),
          "");
    } catch (IOException e) {
      return new Outcome(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }
}
