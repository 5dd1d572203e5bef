package dev.serenade.training.experiment;

import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.Features;
import dev.serenade.training.MemoryFeatures;
import dev.serenade.training.store.Augmentation;
import dev.serenade.training.store.ClipCopy;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Clips of six speakers and three emotions, each of which shifts one dimension of the states. */
final class ToyCorpus {

  static final int WIDTH = 8;
  static final List<Emotion> CLASSES = List.of(Emotion.ANGRY, Emotion.HAPPY, Emotion.SAD);

  private static final int SPEAKERS = 6;
  private static final int CLIPS_OF_EACH = 4;

  private ToyCorpus() {}

  static Corpus clips() {
    List<Utterance> clips = new ArrayList<>();
    for (int speaker = 0; speaker < SPEAKERS; speaker++) {
      for (Emotion emotion : CLASSES) {
        for (int i = 0; i < CLIPS_OF_EACH; i++) {
          String id = "s%d-%s-%d.wav".formatted(speaker, emotion.name(), i);
          clips.add(Utterance.builder(id, Path.of(id), "s" + speaker, emotion).build());
        }
      }
    }
    return Corpus.of("toy", Path.of(""), clips, List.of());
  }

  /** Makes states that follow what the clips were labelled with at first. */
  static ExtractedCorpus extracted(List<Utterance> clips) {
    SplittableRandom random = new SplittableRandom(3);
    MemoryFeatures features = new MemoryFeatures(WIDTH);
    for (Utterance clip : clips) {
      int label = firstLabel(clip);
      int frames = 2 + random.nextInt(6);
      float[] states = new float[frames * WIDTH];
      for (int i = 0; i < states.length; i++) {
        states[i] = (float) random.nextDouble(-1, 1) + (i % WIDTH == label ? 2 : 0);
      }
      features.add(FloatTensor.of(states, frames, WIDTH));
    }
    return new ExtractedCorpus(new SingleLayer(1), clips, features, List.of());
  }

  /** Makes states that follow nothing: what is said tells no emotion. */
  static ExtractedCorpus meaningless(List<Utterance> clips) {
    SplittableRandom random = new SplittableRandom(4);
    MemoryFeatures features = new MemoryFeatures(WIDTH);
    clips.forEach(
        clip ->
            features.add(
                FloatTensor.of(
                    new float[] {
                      (float) random.nextDouble(), (float) random.nextDouble(), 0, 0, 0, 0, 0, 0
                    },
                    1,
                    WIDTH)));
    return new ExtractedCorpus(new SingleLayer(2), clips, features, List.of());
  }

  /**
   * Makes states of copies, two of each clip, beside those of {@link #extracted}, which stay the
   * same.
   *
   * @param shift added to every state of the copies of a clip
   */
  static ExtractedCorpus augmented(List<Utterance> clips, ToDoubleFunction<Utterance> shift) {
    ExtractedCorpus originals = extracted(clips);
    Augmentation augmentation =
        new Augmentation(
            List.of(EffectChain.parse("speed:0.9"), EffectChain.parse("room+noise:15")), 3);
    MemoryFeatures features = new MemoryFeatures(WIDTH);
    for (int i = 0; i < clips.size(); i++) {
      features.add(copied(originals.features(), i, 0));
    }
    List<ClipCopy> copies = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      for (EffectChain effects : augmentation.effects()) {
        copies.add(new ClipCopy(clips.get(i), effects));
        features.add(copied(originals.features(), i, shift.applyAsDouble(clips.get(i))));
      }
    }
    return new ExtractedCorpus(
        originals.fusion(), clips, augmentation, copies, features, List.of());
  }

  private static FloatTensor copied(Features features, int clip, double shift) {
    short[] halves = new short[features.frames(clip) * WIDTH];
    features.copyTo(clip, ShortBuffer.wrap(halves));
    float[] states = new float[halves.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = (float) (Float16.toFloat(halves[i]) + shift);
    }
    return FloatTensor.of(states, features.frames(clip), WIDTH);
  }

  private static int firstLabel(Utterance clip) {
    return IntStream.range(0, CLASSES.size())
        .filter(i -> clip.id().contains(CLASSES.get(i).name()))
        .findFirst()
        .orElseThrow();
  }
}
