package dev.serenade.cli.predict;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.Timeline;
import dev.serenade.recognition.TimelineSegment;
import dev.serenade.recognition.explanation.Explanation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Recognises decoded recordings, several at once.
 *
 * @param timeline how to divide them, if a timeline is wanted
 * @param explain whether to find out what the scores owe to which moment
 * @param doubt what to say where the model is not sure
 */
record Scoring(
    EmotionRecognizer recognizer, Optional<Timeline> timeline, boolean explain, Doubt doubt) {

  /** Returns what came of each recording, in their order. */
  List<Outcome> score(List<Decoded> recordings) {
    List<Waveform> waveforms = new ArrayList<>();
    for (Decoded recording : recordings) {
      if (recording instanceof Clip clip) {
        waveforms.add(clip.waveform());
      }
    }
    try {
      Iterator<Recognition> heard = recognizer.recognize(waveforms).iterator();
      List<Outcome> outcomes = new ArrayList<>();
      for (Decoded recording : recordings) {
        if (recording instanceof Clip clip) {
          outcomes.add(outcome(clip, heard.next()));
        } else if (recording instanceof Failed failed) {
          outcomes.add(failed);
        }
      }
      return outcomes;
    } catch (RuntimeException e) {
      return recordings.size() == 1 ? List.of(failure(recordings.get(0), e)) : apart(recordings);
    }
  }

  /** One of several failed, and must not take the others with it. */
  private List<Outcome> apart(List<Decoded> recordings) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Decoded recording : recordings) {
      outcomes.addAll(score(List.of(recording)));
    }
    return outcomes;
  }

  private Outcome outcome(Clip clip, Recognition recognition) {
    if (!Double.isFinite(recognition.confidence())) {
      throw new IllegalStateException("the model's scores are no numbers");
    }
    List<TimelineSegment> segments =
        timeline.map(windows -> windows.of(recognizer, clip.waveform())).orElse(List.of());
    Optional<Explanation> explanation =
        explain
            ? Optional.of(Explanation.of(recognizer, clip.waveform(), recognition))
            : Optional.empty();
    return doubt.heard(clip.file(), recognition, segments, explanation);
  }

  private static Outcome failure(Decoded recording, RuntimeException e) {
    if (recording instanceof Clip clip) {
      return new Failed(
          clip.file(),
          Failed.RECOGNITION_FAILED,
          "%s: recognition failed: %s".formatted(clip.file(), e.getMessage()));
    }
    throw e;
  }
}
