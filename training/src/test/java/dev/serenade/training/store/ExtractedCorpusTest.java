package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.MemoryFeatures;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExtractedCorpusTest {

  private static final List<Utterance> CLIPS =
      IntStream.range(0, 4)
          .mapToObj(i -> Utterance.builder("c" + i, Path.of("c" + i), "s", Emotion.SAD).build())
          .toList();

  private static final EffectChain GAIN = EffectChain.parse("gain:-6");

  /** Clips of 1 to 4 frames whose states are their number; copies have 10 more. */
  private static ExtractedCorpus corpus() {
    MemoryFeatures features = new MemoryFeatures(1);
    for (int number : new int[] {0, 1, 2, 3, 10, 12}) {
      float[] states = new float[number % 10 + 1];
      Arrays.fill(states, number);
      features.add(FloatTensor.of(states, states.length, 1));
    }
    return new ExtractedCorpus(
        new SingleLayer(1),
        CLIPS,
        new Augmentation(List.of(GAIN), 1),
        List.of(new ClipCopy(CLIPS.get(0), GAIN), new ClipCopy(CLIPS.get(2), GAIN)),
        features,
        List.of());
  }

  private static float value(ExtractedCorpus corpus, int number) {
    ShortBuffer halves = ShortBuffer.allocate(corpus.features().frames(number));
    corpus.features().copyTo(number, halves);
    return Float16.toFloat(halves.get(halves.position() - 1));
  }

  @Test
  void whatIsKeptHasItsStatesAndItsCopies() {
    ExtractedCorpus kept = corpus().keeping(List.of(CLIPS.get(3), CLIPS.get(2)));

    assertThat(kept.clips()).containsExactly(CLIPS.get(2), CLIPS.get(3));
    assertThat(kept.features().clips()).isEqualTo(3);
    assertThat(kept.features().width()).isEqualTo(1);
    assertThat(kept.features().frames(kept.number(CLIPS.get(3)))).isEqualTo(4);
    assertThat(value(kept, kept.number(CLIPS.get(2)))).isEqualTo(2);
    assertThat(value(kept, kept.number(CLIPS.get(3)))).isEqualTo(3);
    assertThat(kept.copyNumbers(CLIPS.get(2))).containsExactly(2);
    assertThat(value(kept, 2)).isEqualTo(12);
    assertThat(kept.copyNumbers(CLIPS.get(3))).isEmpty();
    assertThat(kept.usable(CLIPS)).containsExactly(CLIPS.get(2), CLIPS.get(3));
    assertThatIllegalArgumentException().isThrownBy(() -> kept.number(CLIPS.get(0)));
  }

  @Test
  void keepingAllChangesNothing() {
    ExtractedCorpus all = corpus().keeping(CLIPS);

    assertThat(all.clips()).isEqualTo(CLIPS);
    assertThat(all.copies()).isEqualTo(corpus().copies());
    for (int i = 0; i < 6; i++) {
      assertThat(value(all, i)).isEqualTo(value(corpus(), i));
    }
  }
}
