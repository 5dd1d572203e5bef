package dev.serenade.training.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.WeightedLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Extraction of clips and of copies that went through effects. */
final class AugmentedExtractionTest extends TinyExtraction {

  private ExtractedCorpus augmented(List<Utterance> clips, LayerFusion layers, long seed)
      throws IOException {
    Augmentation augmentation =
        new Augmentation(
            List.of(EffectChain.parse("speed:0.5"), EffectChain.parse("gain:6+noise:10")), seed);
    return extractor(2).extract(clips, augmentation, layers, SILENT);
  }

  @Test
  void copiesAreTheEncodersOfWhatTheirEffectsMake() throws IOException {
    List<Utterance> clips = clips(3);
    ExtractedCorpus corpus = augmented(clips, new SingleLayer(2), 7);

    assertThat(corpus.clips()).isEqualTo(clips);
    assertThat(corpus.features().clips()).isEqualTo(9);
    assertThat(corpus.failed()).isEmpty();
    for (int i = 0; i < clips.size(); i++) {
      Waveform waveform = AudioDecoder.create().decode(clips.get(i).path());
      List<Integer> copies = corpus.copyNumbers(clips.get(i));
      assertThat(copies).containsExactly(3 + 2 * i, 4 + 2 * i);
      assertSame(stored(corpus, i), expected(waveform, 2));
      assertSame(
          stored(corpus, copies.get(0)),
          expected(EffectChain.parse("speed:0.5").apply(waveform, 0), 2));
      assertThat(corpus.features().frames(copies.get(1))).isEqualTo(corpus.features().frames(i));
      assertThat(stored(corpus, copies.get(1)))
          .isNotEqualTo(expected(EffectChain.parse("gain:6").apply(waveform, 0), 2));
    }
    assertThat(corpus.copies().stream().map(ClipCopy::clip))
        .containsExactly(
            clips.get(0), clips.get(0), clips.get(1), clips.get(1), clips.get(2), clips.get(2));
  }

  @Test
  void onlyWhatIsLeftToChanceDependsOnTheSeed() throws IOException {
    List<Utterance> clips = clips(2);
    ExtractedCorpus seven = augmented(clips, new SingleLayer(2), 7);
    assertThat(storedFiles()).isEqualTo(6);
    ExtractedCorpus again = augmented(clips, new SingleLayer(2), 7);
    assertThat(storedFiles()).isEqualTo(6);
    ExtractedCorpus eight = augmented(clips, new SingleLayer(2), 8);
    assertThat(storedFiles()).isEqualTo(8);

    for (int copy : seven.copyNumbers(clips.get(1))) {
      assertThat(stored(again, copy)).isEqualTo(stored(seven, copy));
    }
    int slow = seven.copyNumbers(clips.get(1)).get(0);
    int noisy = seven.copyNumbers(clips.get(1)).get(1);
    assertThat(stored(eight, slow)).isEqualTo(stored(seven, slow));
    assertThat(stored(eight, noisy)).isNotEqualTo(stored(seven, noisy));
  }

  @Test
  void copiesHoldSeveralLayersLikeClips() throws IOException {
    List<Utterance> clips = clips(1);
    ExtractedCorpus one = augmented(clips, new SingleLayer(3), 7);
    ExtractedCorpus both = augmented(clips, new WeightedLayers(List.of(1, 3)), 7);

    int width = TinyEncoder.CONFIG.width();
    short[] third = stored(one, 2);
    short[] sideBySide = stored(both, 2);
    assertThat(sideBySide).hasSize(2 * third.length);
    for (int i = 0; i < third.length; i++) {
      assertThat(sideBySide[i / width * 2 * width + width + i % width]).isEqualTo(third[i]);
    }
  }

  @Test
  void aCopyIsCutWhereTheEncoderStopsHearing() throws IOException {
    Utterance clip = clip(TestRecordings.noise(folder.resolve("long.wav"), 16, 1));
    ExtractedCorpus corpus = augmented(List.of(clip), new SingleLayer(1), 7);

    assertThat(corpus.features().frames(0)).isEqualTo(800);
    assertThat(corpus.features().frames(1)).isEqualTo(1500);
  }

  @Test
  void aCopyThatFailsIsListedAndItsClipGoesOn() throws IOException {
    // In the store, so that the clip itself need not be decoded, which would fail.
    Utterance bad = clip(Files.writeString(folder.resolve("a.wav"), "not audio"));
    store(NO_LIMIT)
        .put(
            new ContentHashes().of(bad),
            TinyStates.of(weights, StoreFiller.waveform()).hiddenStates());
    Utterance missing = clip(folder.resolve("missing.wav"));
    Utterance good = clips(1).get(0);
    ExtractedCorpus corpus = augmented(List.of(bad, missing, good), new SingleLayer(1), 7);

    assertThat(corpus.clips()).containsExactly(bad, good);
    assertThat(corpus.copyNumbers(bad)).isEmpty();
    assertThat(corpus.copyNumbers(good)).containsExactly(2, 3);
    assertThat(corpus.failed().stream().map(FailedClip::clip)).containsExactly(bad, bad, missing);
    assertThat(corpus.failed().get(0).reason()).startsWith("copy speed:0.5: ").contains("a.wav");
    assertThat(corpus.failed().get(1).reason()).startsWith("copy gain:6+noise:10: ");
  }

  @Test
  void aClipThatIsThereTwiceHasEachCopyOnce() throws IOException {
    Utterance clip = clips(1).get(0);
    ExtractedCorpus corpus = augmented(List.of(clip, clip), new SingleLayer(1), 7);

    assertThat(corpus.copyNumbers(clip)).containsExactly(2, 3);
    assertThat(storedFiles()).isEqualTo(3);
  }

  @Test
  void copiesThatWouldBeTheSameAreRefused() {
    List<EffectChain> twice =
        List.of(EffectChain.parse("speed:0.9"), EffectChain.parse("speed:0.90"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Augmentation(twice, 0))
        .withMessage("expected effects that differ, found speed:0.9 twice");
  }
}
