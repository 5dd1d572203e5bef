package dev.serenade.stress;

import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.training.store.ClipDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Has a model hear clips, as they are and changed.
 *
 * @param changes what is done to each
 * @param withPitch whether to measure how high the voice is
 * @param seed of all that is left to chance
 */
record Hearing(EmotionRecognizer recognizer, List<Change> changes, boolean withPitch, long seed) {

  /** The two sides of a change leave different things to chance. */
  private static final String REFERENCE = "reference of ";

  private static final long MULTIPLIER = 1_000_003;

  Hearing {
    changes = List.copyOf(changes);
  }

  /**
   * Hears a clip.
   *
   * @throws IOException if it, or another that a change needs, cannot be decoded
   */
  HeardClip hear(Utterance clip) throws IOException {
    Waveform sound = ClipDecoder.decode(clip);
    List<Waveform> sounds = new ArrayList<>(List.of(sound));
    for (Change change : changes) {
      if (!change.reference().equals(Treatment.NONE)) {
        sounds.add(reference(change, sound, clip));
      }
      sounds.add(changed(change, sound, clip));
    }
    List<Recognition> heard = recognizer.recognize(sounds);
    ClassProbabilities clean = probabilities(heard.get(0).scores());
    List<ClassProbabilities> references = new ArrayList<>();
    List<ClassProbabilities> changed = new ArrayList<>();
    int next = 1;
    for (Change change : changes) {
      references.add(
          change.reference().equals(Treatment.NONE)
              ? clean
              : probabilities(heard.get(next++).scores()));
      changed.add(probabilities(heard.get(next++).scores()));
    }
    return new HeardClip(
        clip,
        clean,
        references,
        changed,
        withPitch ? FundamentalFrequency.mean(sound) : OptionalDouble.empty());
  }

  /** Returns what a clip sounds like, as it is and changed. */
  List<ExampleSound> sounds(HeardClip heard) throws IOException {
    Waveform sound = ClipDecoder.decode(heard.clip());
    List<ExampleSound> sounds = new ArrayList<>();
    sounds.add(
        new ExampleSound(
            "as it is",
            "%s, labelled %s.".formatted(heard.clip().name(), heard.clip().emotion().name()),
            sound,
            heard.clean().top()));
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      sounds.add(
          new ExampleSound(
              change.name(),
              change.description(),
              changed(change, sound, heard.clip()),
              heard.changed().get(i).top()));
    }
    return sounds;
  }

  private Waveform reference(Change change, Waveform sound, Utterance clip) throws IOException {
    return change.reference().apply(sound, clip, seedOf(REFERENCE + change.name(), clip));
  }

  private Waveform changed(Change change, Waveform sound, Utterance clip) throws IOException {
    return change.changed().apply(sound, clip, seedOf(change.name(), clip));
  }

  private long seedOf(String what, Utterance clip) {
    return (seed * MULTIPLIER + what.hashCode()) * MULTIPLIER + clip.id().hashCode();
  }

  private ClassProbabilities probabilities(EmotionScores scores) {
    return ClassProbabilities.of(
        recognizer.labels(), recognizer.labels().stream().mapToDouble(scores::of).toArray());
  }
}
